package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.method.neuralpredictor.FitSettings;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The predictor that ranks, and how its settings were chosen.
 *
 * @param chosen which of the points, from 0
 * @param points the settings that were tried, in the order of the specification
 * @param fitted to the cells that the specification says: it ranks
 * @param other fitted to all cells, where the other is to the passing alone and filters are
 *     compared; else null
 * @param heldOut what the chosen settings said of every cell while it was held out, in the first
 *     repeat; of very many the first ones
 */
public record CellPredictorResult(
    String kind,
    int chosen,
    List<Point> points,
    Fit fitted,
    @Nullable Fit other,
    List<Prediction> heldOut) {
  public CellPredictorResult {
    points = List.copyOf(points);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Settings, judged by cross validation.
   *
   * @param fits that were measured
   * @param tau Kendall's, the mean over folds and repeats
   * @param low end of its 95 % confidence interval; null below two fits
   * @param error root mean square over all held-out cells, in ratios
   */
  public record Point(
      FitSettings settings,
      int fits,
      double tau,
      @Nullable Double low,
      @Nullable Double high,
      double error) {}

  /**
   * @param model SHA-256 of the fitted predictor, an artifact
   * @param cells it was fitted to
   * @param losses mean squared error by epoch
   */
  public record Fit(String model, int cells, List<Double> losses) {
    public Fit {
      losses = List.copyOf(losses);
    }
  }

  /** The settings that rank. */
  public Point best() {
    return points.get(chosen);
  }
}
