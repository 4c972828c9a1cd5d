/**
 * ImageTraining of networks on image data, from checkpoint to checkpoint.
 *
 * <p>Everything that decides the outcome is explicit: weights, batch order and augmentation are
 * drawn from named streams that last one step or epoch, the optimiser's momentum is ours, and so a
 * checkpoint holds arrays and counters, never a generator's state. A hundred steps equal fifty, a
 * restart in another process, and fifty more, bit for bit on a CPU.
 *
 * <p>One departure from "every draw starts from the evaluation's id": which images are the
 * training, validation and test images depends on the seed and the data only, so that cells
 * compared at one seed are compared on the same images.
 */
@NullMarked
package dev.espalier.learning.training;

import org.jspecify.annotations.NullMarked;
