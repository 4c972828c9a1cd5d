package dev.espalier.learning.predictor.process;

/** The Matérn kernel of smoothness 5/2, of a squared distance in units of its length scale. */
final class Matern {
  private static final double ROOT = StrictMath.sqrt(5);

  private Matern() {}

  static double value(double squared) {
    double distance = ROOT * Math.sqrt(squared);
    return (1 + distance + 5.0 / 3 * squared) * StrictMath.exp(-distance);
  }

  /** By the squared distance. */
  static double derivative(double squared) {
    double distance = ROOT * Math.sqrt(squared);
    return -5.0 / 6 * (1 + distance) * StrictMath.exp(-distance);
  }
}
