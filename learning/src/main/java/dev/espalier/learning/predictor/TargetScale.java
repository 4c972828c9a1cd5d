package dev.espalier.learning.predictor;

import dev.espalier.search.statistics.Statistics;

/**
 * Accuracies as a network sees them: their distance from a mean, in deviations; both in single
 * precision, as they are saved.
 *
 * @param deviation positive
 */
record TargetScale(float mean, float deviation) {
  /** Numbers as they are. */
  static final TargetScale NONE = new TargetScale(0, 1);

  /** Validation accuracy of the 423,624 cells of NAS-Bench-101, 108 epochs, seed 0. */
  static final TargetScale NAS_BENCH_101 = new TargetScale(0.908192f, 0.023961f);

  private static final double LEAST = 1e-6;

  static TargetScale of(double... accuracies) {
    return new TargetScale(
        (float) Statistics.mean(accuracies),
        (float) Math.max(LEAST, Statistics.standardDeviation(accuracies)));
  }

  double normalized(double accuracy) {
    return (accuracy - mean) / deviation;
  }

  double accuracy(double normalized) {
    return mean + (double) deviation * normalized;
  }
}
