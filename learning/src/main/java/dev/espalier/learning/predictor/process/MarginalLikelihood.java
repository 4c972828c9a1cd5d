package dev.espalier.learning.predictor.process;

import org.ejml.data.DMatrixRMaj;

/**
 * How badly a process with some scales explains the targets: minus the logarithm of their density,
 * with the best variance for these scales (Rasmussen and Williams 2006, eq. 5.8), and its gradient.
 *
 * <p>Letters: {@code g} groups, {@code n} rows, {@code p} pairs of rows, the first not before the
 * second.
 */
final class MarginalLikelihood {
  private final double[][] distances; // [g, p], squared
  private final double[] targets; // [n]

  /** Its value and its gradient by the logarithms of the scales, the noise's last. */
  static final class Point {
    private final double value;
    private final double[] gradient;

    private Point(double value, double[] gradient) {
      this.value = value;
      this.gradient = gradient;
    }

    double value() {
      return value;
    }

    /** Not a copy. */
    double[] gradient() {
      return gradient;
    }
  }

  MarginalLikelihood(double[][] distances, double[] targets) {
    this.distances = distances;
    this.targets = targets;
  }

  /**
   * @param logarithms of the weights and the noise, {@code [g + 1]}
   */
  Point at(double[] logarithms) {
    int groups = distances.length;
    double[] weights = new double[groups];
    for (int group = 0; group < groups; group++) {
      weights[group] = StrictMath.exp(logarithms[group]);
    }
    double noise = StrictMath.exp(logarithms[groups]);
    double[] squared = Posterior.weighted(distances, weights);
    Posterior posterior = new Posterior(squared, noise, targets);
    int n = targets.length;
    DMatrixRMaj inverse = posterior.inverse(); // [n, n]
    double[] alpha = posterior.alpha();
    double[] gradient = new double[groups + 1];
    int pair = 0;
    for (int row = 0; row < n; row++) {
      for (int column = 0; column <= row; column++, pair++) {
        double outer = alpha[row] * alpha[column] / posterior.variance();
        double factor = inverse.get(row, column) - outer;
        if (row == column) {
          gradient[groups] += 0.5 * factor * noise;
        } else {
          double change = factor * Matern.derivative(squared[pair]); // both of the pair's entries
          for (int group = 0; group < groups; group++) {
            gradient[group] += change * distances[group][pair] * weights[group];
          }
        }
      }
    }
    return new Point(
        0.5 * n * StrictMath.log(posterior.variance()) + posterior.halfLogDeterminant(), gradient);
  }
}
