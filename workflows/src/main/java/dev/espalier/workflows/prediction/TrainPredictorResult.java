package dev.espalier.workflows.prediction;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The predictor that guides the search, and how well it and others rank.
 *
 * @param model SHA-256 of the fitted predictor, an artifact
 * @param rows architectures it was fitted to
 * @param least the lowest measured accuracy among them; {@code most} the highest
 * @param error root mean square on held-out architectures, in ratios; null where it is not known
 * @param quality of every compared predictor at every number of training architectures
 * @param heldOut what the guiding predictor said of the architectures held out in the first split
 */
public record TrainPredictorResult(
    String kind,
    String model,
    int rows,
    double least,
    double most,
    @Nullable Double error,
    List<Quality> quality,
    List<Prediction> heldOut) {
  public TrainPredictorResult {
    quality = List.copyOf(quality);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Kendall's tau between predicted and true validation accuracy of held-out architectures; a split
   * whose accuracies are all the same counts as 0.
   *
   * @param rows architectures fitted to
   * @param splits random splits that were measured
   * @param low end of the 95 % confidence interval of the mean; null below two splits
   * @param error root mean square, the mean over the splits
   */
  public record Quality(
      String kind,
      int rows,
      int splits,
      double tau,
      @Nullable Double low,
      @Nullable Double high,
      double error) {}

  public record Prediction(String architecture, double predicted, double measured) {}
}
