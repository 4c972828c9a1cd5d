/** What a terminal shows of Neural Predictor. */
@NullMarked
package dev.espalier.cli.method.neuralpredictor;

import org.jspecify.annotations.NullMarked;
