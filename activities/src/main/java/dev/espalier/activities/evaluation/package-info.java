/** Trains architectures from checkpoint to checkpoint. */
@NullMarked
package dev.espalier.activities.evaluation;

import org.jspecify.annotations.NullMarked;
