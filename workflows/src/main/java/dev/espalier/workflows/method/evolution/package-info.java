/** Guided evolution: its plan, the stage that searches with a predictor, and what it comes to. */
@NullMarked
package dev.espalier.workflows.method.evolution;

import org.jspecify.annotations.NullMarked;
