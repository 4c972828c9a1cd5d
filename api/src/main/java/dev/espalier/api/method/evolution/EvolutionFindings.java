package dev.espalier.api.method.evolution;

import dev.espalier.api.method.Findings;
import dev.espalier.api.view.SampleView;
import dev.espalier.api.view.TrainingView;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers behind the plots of GNN-guided evolution. Accuracies are ratios.
 *
 * @param method {@code gnn-evolution}
 * @param sample the architectures that were trained to learn from
 * @param predictor how well predictors rank held-out architectures; null until that is known
 * @param searches every strategy whose search has ended, the chosen one first
 * @param front of all that the chosen strategy scored: nothing beats these in predicted accuracy
 *     and the costs among the objectives, or MACs if there are none; cheapest first
 * @param winner the architecture that was found
 * @param trainings of the winner with all seeds, then of random architectures of equal cost
 * @param difference of their mean test accuracies, winner minus random, with its confidence; null
 *     until the report, and with too few trainings
 */
@OpenAPIExtraSchema
public record EvolutionFindings(
    String method,
    SampleView sample,
    @Nullable TrainPredictorResult predictor,
    List<Evolved> searches,
    List<FrontPoint> front,
    @Nullable Winner winner,
    List<TrainingView> trainings,
    @Nullable Difference difference)
    implements Findings {
  public EvolutionFindings {
    searches = List.copyOf(searches);
    front = List.copyOf(front);
    trainings = List.copyOf(trainings);
  }

  /**
   * @param strategy that found it
   * @param predicted its accuracy, as the predictor says
   * @param macs multiply-accumulates of its convolutions for one image
   * @param latency in milliseconds; null without a table of them
   * @param warning where the prediction lies far outside of what was measured, in words
   */
  public record Winner(
      String architecture,
      String strategy,
      double predicted,
      long macs,
      long parameters,
      @Nullable Double latency,
      @Nullable String warning) {}
}
