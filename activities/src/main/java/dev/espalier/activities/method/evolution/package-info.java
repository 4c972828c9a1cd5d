/** Guided evolution's units of work: searching with a predictor, summing up. */
@NullMarked
package dev.espalier.activities.method.evolution;

import org.jspecify.annotations.NullMarked;
