package dev.espalier.learning.predictor;

import java.util.List;

/** A function of an architecture's graph that is trained by gradients of the squared error. */
interface PredictorNetwork {
  /** All that is trained, each at its index. */
  List<Matrix> matrices();

  /**
   * Takes one step.
   *
   * @param targets of the batch
   * @param step gets the gradient of the mean squared error, row by row
   * @return the mean squared error before the step
   */
  double step(List<EncodedArchitecture> batch, double[] targets, RowStep step);

  /** What it gives for each of these, with the present weights. */
  double[] predict(List<EncodedArchitecture> architectures);

  /** The model with the weights as they are now. */
  Model model();
}
