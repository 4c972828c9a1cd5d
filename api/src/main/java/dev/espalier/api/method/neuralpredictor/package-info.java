/** What Neural Predictor has found, and its part of the report. */
@NullMarked
package dev.espalier.api.method.neuralpredictor;

import org.jspecify.annotations.NullMarked;
