/** The stage that trains what was found and random architectures the same way. */
@NullMarked
package dev.espalier.workflows.evaluation;

import org.jspecify.annotations.NullMarked;
