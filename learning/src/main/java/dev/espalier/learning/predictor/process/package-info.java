/** Gaussian processes: kernel, marginal likelihood and posterior, on squared distances. */
@NullMarked
package dev.espalier.learning.predictor.process;

import org.jspecify.annotations.NullMarked;
