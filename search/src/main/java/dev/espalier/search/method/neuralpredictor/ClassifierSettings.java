package dev.espalier.search.method.neuralpredictor;

import dev.espalier.search.settings.Require;
import java.util.Arrays;

/**
 * The first stage of the cascade: whether an architecture is good enough for the predictor to look
 * at (Wen et al. 2020, section 3.3).
 *
 * @param kind of predictor, fitted to whether an accuracy passes
 * @param threshold the accuracy that passes; 0 to take the one that {@code share} of the training
 *     cells reach
 * @param share of the training cells that pass where no threshold is given
 */
public record ClassifierSettings(String kind, double threshold, double share) {
  public ClassifierSettings {
    Require.present("kind", kind);
    Require.notNegative("threshold", threshold);
    Require.notNegative("share", share);
  }

  /**
   * The lowest accuracy that passes.
   *
   * @param accuracies of the training cells
   */
  public double thresholdFor(double... accuracies) {
    if (threshold > 0) {
      return threshold;
    }
    double[] sorted = accuracies.clone();
    Arrays.sort(sorted);
    int passing = Math.clamp(Math.round(sorted.length * share), 1, sorted.length);
    return sorted[sorted.length - passing];
  }
}
