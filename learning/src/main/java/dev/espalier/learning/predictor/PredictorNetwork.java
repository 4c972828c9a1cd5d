package dev.espalier.learning.predictor;

import java.util.List;

/** A function of an architecture's graph that is trained by gradients of a loss. */
interface PredictorNetwork {
  /** All that is trained, each at its index. */
  List<Matrix> matrices();

  /** How it is trained. */
  default Regimen regimen(PredictorRecipe recipe) {
    return new PlainRegimen(recipe);
  }

  /**
   * Says which step is next, for what a network draws at random in it.
   *
   * @param number of all steps, from 0
   */
  default void begin(long number) {}

  /**
   * Takes one step.
   *
   * @param targets of the batch
   * @param step gets the gradient of the loss, row by row
   * @return the loss before the step: the mean squared error, if it is of no other kind
   */
  double step(List<EncodedArchitecture> batch, double[] targets, RowStep step);

  /** What it gives for each of these, with the present weights. */
  double[] predict(List<EncodedArchitecture> architectures);

  /** How wrong a prediction is: what an epoch's weights are chosen by. */
  default double error(double prediction, double target) {
    return (prediction - target) * (prediction - target);
  }

  /** The model with the weights as they are now. */
  Model model();
}
