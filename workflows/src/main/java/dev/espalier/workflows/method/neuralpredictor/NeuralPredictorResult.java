package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.workflows.evaluation.Accuracy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of Neural Predictor. Accuracies are ratios.
 *
 * @param architecture the one with the highest validation accuracy of all that were evaluated
 * @param parameters of its network; {@code macs} of its convolutions, one image
 * @param rank its place among the best ranked, from 1; null for a training cell
 * @param predicted of it; null for a training cell
 * @param evaluations in all: of training cells, then of the best ranked; {@code failed} of them
 * @param validation accuracy of the chosen
 * @param accuracy of the chosen; null where its test accuracy is not known
 * @param bestOfTraining validation accuracy of the best training cell
 * @param predictor the kind that ranked
 * @param tau Kendall's, by cross validation
 * @param steps how the best by validation accuracy grew with the evaluations
 * @param regret how far the chosen is below the best of the table; null without one
 * @param weights SHA-256 of its trained weights; null where it was looked up
 */
public record NeuralPredictorResult(
    String architecture,
    long parameters,
    long macs,
    @Nullable Integer rank,
    @Nullable Double predicted,
    int evaluations,
    int failed,
    double validation,
    @Nullable Accuracy accuracy,
    double bestOfTraining,
    String predictor,
    double tau,
    List<Step> steps,
    @Nullable Regret regret,
    @Nullable String weights) {
  public NeuralPredictorResult {
    steps = List.copyOf(steps);
  }

  /**
   * The best after so many evaluations, whenever it changed, and at the end.
   *
   * @param test accuracy of that one; null where it is not known
   */
  public record Step(int evaluations, double validation, @Nullable Double test) {}

  /**
   * @param best validation accuracy of all cells of the table
   * @param validation how far the chosen is below it
   * @param bestTest test accuracy of the best by test accuracy; null where they are not known
   * @param test how far the chosen is below it
   */
  public record Regret(
      double best, double validation, @Nullable Double bestTest, @Nullable Double test) {}
}
