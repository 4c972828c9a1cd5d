/** The plan of random search, and what it comes to. */
@NullMarked
package dev.espalier.workflows.method.random;

import org.jspecify.annotations.NullMarked;
