/**
 * Neural Predictor (Wen et al., ECCV 2020): few evaluations, a predictor, and the best of all that
 * it ranks.
 */
@NullMarked
package dev.espalier.search.method.neuralpredictor;

import org.jspecify.annotations.NullMarked;
