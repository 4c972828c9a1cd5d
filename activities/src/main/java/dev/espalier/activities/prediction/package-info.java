/** Fits predictors of accuracy from checkpoint to checkpoint. */
@NullMarked
package dev.espalier.activities.prediction;

import org.jspecify.annotations.NullMarked;
