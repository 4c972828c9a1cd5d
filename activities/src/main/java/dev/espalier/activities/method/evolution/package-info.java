/** Searches on a predictor from checkpoint to checkpoint. */
@NullMarked
package dev.espalier.activities.method.evolution;

import org.jspecify.annotations.NullMarked;
