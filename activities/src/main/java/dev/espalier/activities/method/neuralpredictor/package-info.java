/** Neural Predictor's units of work: tables, splits, fits, ranking, summing up. */
@NullMarked
package dev.espalier.activities.method.neuralpredictor;

import org.jspecify.annotations.NullMarked;
