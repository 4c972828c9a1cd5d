/** Neural Predictor: its plan, the stages that no other method has, and what it comes to. */
@NullMarked
package dev.espalier.workflows.method.neuralpredictor;

import org.jspecify.annotations.NullMarked;
