/**
 * Training programs of people's own: the folder they come from, their process, what they tell, and
 * the checkpoints that they go on from (docs/own-training.md).
 */
@NullMarked
package dev.espalier.activities.evaluation.program;

import org.jspecify.annotations.NullMarked;
