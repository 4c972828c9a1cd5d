package dev.espalier.learning.predictor;

/** What a network of convolutions is to learn. */
enum ConvolutionTask {
  /** Accuracies, normalised, by their squared error. */
  ACCURACY {
    @Override
    ConvolutionSettings settings() {
      return ConvolutionSettings.PUBLISHED;
    }

    @Override
    double prediction(double output, TargetScale scale) {
      return scale.accuracy(output);
    }

    @Override
    double error(double output, double target) {
      return (output - target) * (output - target);
    }

    @Override
    double slope(double output, double target) {
      return 2 * (output - target);
    }
  },
  /** Whether an architecture is good (1) or not (0), by the logistic loss. */
  CLASS {
    @Override
    ConvolutionSettings settings() {
      return ConvolutionSettings.CLASSES;
    }

    @Override
    double prediction(double output, TargetScale scale) {
      return Kernels.logistic(output);
    }

    @Override
    double error(double output, double target) {
      return Math.max(output, 0)
          - target * output
          + StrictMath.log1p(StrictMath.exp(-Math.abs(output)));
    }

    @Override
    double slope(double output, double target) {
      return Kernels.logistic(output) - target;
    }
  };

  /** Where a recipe has none. */
  abstract ConvolutionSettings settings();

  /** What is said of an architecture with this output. */
  abstract double prediction(double output, TargetScale scale);

  /** The loss of one architecture. */
  abstract double error(double output, double target);

  /** Of {@link #error}, by the output. */
  abstract double slope(double output, double target);
}
