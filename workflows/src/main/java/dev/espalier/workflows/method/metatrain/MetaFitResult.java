package dev.espalier.workflows.method.metatrain;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the trainings of one model came to.
 *
 * @param model {@code generator} or {@code predictor}
 * @param metric by which the best is chosen, in words; more is better
 * @param runs one a seed
 * @param best the run that is kept, from 0
 */
public record MetaFitResult(String model, String metric, List<Run> runs, int best) {
  public MetaFitResult {
    runs = List.copyOf(runs);
  }

  public Run kept() {
    return runs.get(best);
  }

  /**
   * One training.
   *
   * @param seed its number, from 0
   * @param weights SHA-256 of the best epoch's weights, an artifact
   * @param bestEpoch from 1, of {@code epochs}
   * @param value of the metric at that epoch
   * @param curve epoch by epoch, thinned where long
   */
  public record Run(
      int seed, String weights, int bestEpoch, int epochs, double value, List<Point> curve) {
    public Run {
      curve = List.copyOf(curve);
    }
  }

  /**
   * One epoch.
   *
   * @param epoch from 1
   * @param loss of its steps
   * @param learningRate of its steps
   * @param validation metrics by name; null of an epoch without a validation
   */
  public record Point(
      int epoch, double loss, double learningRate, @Nullable Map<String, Double> validation) {}
}
