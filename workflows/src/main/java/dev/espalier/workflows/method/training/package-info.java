/** The plan of a training, and what it comes to. */
@NullMarked
package dev.espalier.workflows.method.training;

import org.jspecify.annotations.NullMarked;
