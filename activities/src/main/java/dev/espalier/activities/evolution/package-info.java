/** Searches on a predictor from checkpoint to checkpoint. */
@NullMarked
package dev.espalier.activities.evolution;

import org.jspecify.annotations.NullMarked;
