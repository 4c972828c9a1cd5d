/** How the rest of the program reaches running experiments. */
@NullMarked
package dev.espalier.workflows.client;

import org.jspecify.annotations.NullMarked;
