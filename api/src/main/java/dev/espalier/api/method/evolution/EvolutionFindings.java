package dev.espalier.api.method.evolution;

import dev.espalier.api.method.Findings;
import dev.espalier.api.view.TrainingView;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
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
    Sample sample,
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
   * @param planned how many were asked for
   * @param evaluated how many have their accuracy
   * @param failed how many could not be trained; counted at the end of the stage
   * @param rungs of successive halving; 1 where all are trained to the end
   * @param epochs that a training has had in all at the end of each rung; predictors learn from the
   *     accuracy at the end of the first
   * @param architectures those that have their accuracy; of very many, a part spread evenly over
   *     them and the best
   * @param best the one with the highest validation accuracy of those that reached the last rung
   * @param curves of some of them
   */
  public record Sample(
      int planned,
      int evaluated,
      int failed,
      int rungs,
      List<Integer> epochs,
      List<Row> architectures,
      @Nullable Row best,
      List<Curve> curves) {
    public Sample {
      epochs = List.copyOf(epochs);
      architectures = List.copyOf(architectures);
      curves = List.copyOf(curves);
    }
  }

  /**
   * One training of the sample.
   *
   * @param loss training loss by epoch; long series are averaged down
   * @param validation validation accuracy by epoch
   */
  public record Curve(String architecture, List<double[]> loss, List<double[]> validation) {
    public Curve {
      loss = List.copyOf(loss);
      validation = List.copyOf(validation);
    }
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
