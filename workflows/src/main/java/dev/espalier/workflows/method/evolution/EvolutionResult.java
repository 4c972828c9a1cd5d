package dev.espalier.workflows.method.evolution;

import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of an experiment that evolves architectures on a predictor.
 *
 * @param architecture the winner, canonical string
 * @param parameters of the network that was trained; {@code macs} of its convolutions, one image
 * @param predicted validation accuracy of the winner
 * @param warning in words, where the prediction is far outside what was measured; else null
 * @param sampled architectures that were trained to fit the predictor; {@code failed} of them not
 * @param bestSampled the best of them by validation accuracy
 * @param predictor the kind that guided the search
 * @param quality how well the predictors rank held-out architectures
 * @param strategies the best prediction of each search, the chosen one first
 * @param accuracy of the winner, mean over its seeds; null where every training diverged
 * @param winner its trainings; {@code random} those of random architectures of equal cost
 * @param latency of the winner in milliseconds; null without a table of them
 * @param front with several objectives: nothing that the search scored beats these in all of them,
 *     cheapest first; else empty
 * @param difference of the mean test accuracies, winner minus random; null with too few trainings
 */
public record EvolutionResult(
    String architecture,
    long parameters,
    long macs,
    double predicted,
    @Nullable String warning,
    int sampled,
    int failed,
    @Nullable Best bestSampled,
    String predictor,
    List<Quality> quality,
    List<Search> strategies,
    @Nullable Accuracy accuracy,
    List<Trained> winner,
    List<Trained> random,
    @Nullable Accuracy randomMean,
    @Nullable Difference difference,
    @Nullable Double latency,
    @Nullable List<FrontPoint> front) {
  public EvolutionResult {
    quality = List.copyOf(quality);
    strategies = List.copyOf(strategies);
    winner = List.copyOf(winner);
    random = List.copyOf(random);
  }

  /** Empty, too, in results of the algorithm's first revision. */
  @Override
  public List<FrontPoint> front() {
    return front == null ? List.of() : List.copyOf(front);
  }

  /** Its test accuracy is null where nobody knows it. */
  public record Best(String architecture, double validation, @Nullable Double test) {}

  public record Search(String strategy, String architecture, double predicted, int evaluations) {}

  /** One training; its accuracy is null where it diverged. */
  public record Trained(String architecture, long seed, @Nullable Accuracy accuracy) {}

  /**
   * @param low end of the 95 % confidence interval (Welch's); {@code high} the other
   */
  public record Difference(double mean, double low, double high) {}
}
