package dev.espalier.activities.report;

import dev.espalier.activities.report.ReportModel.Point;
import dev.espalier.activities.report.ReportModel.Trained;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What evolution on a predictor found.
 *
 * @param specification under which terms
 * @param sample what was trained to learn from
 * @param predictor null until predictors were compared
 * @param searches every strategy's, the chosen one first
 * @param front of all that the chosen strategy scored: nothing beats these in predicted accuracy
 *     and the costs among the objectives, or MACs if there are none; cheapest first
 * @param winner null while there is none
 * @param trained the winner with all seeds, then random networks of equal cost
 * @param difference of their mean test accuracies; null while it is not known
 */
public record EvolutionFindings(
    EvolutionSpecification specification,
    Sample sample,
    @Nullable TrainPredictorResult predictor,
    List<Evolved> searches,
    List<FrontPoint> front,
    @Nullable Winner winner,
    List<Trained> trained,
    @Nullable Difference difference)
    implements ReportModel.Findings {
  public EvolutionFindings {
    searches = List.copyOf(searches);
    front = List.copyOf(front);
    trained = List.copyOf(trained);
  }

  /**
   * @param rungs of successive halving; 1 where all were trained to the end
   * @param rows of those that have an accuracy
   */
  public record Sample(
      int evaluated,
      int failed,
      int rungs,
      List<Row> rows,
      @Nullable Row best,
      List<Curve> curves) {
    public Sample {
      rows = List.copyOf(rows);
      curves = List.copyOf(curves);
    }
  }

  /** The learning curve of one training of the sample, by epoch. */
  public record Curve(String architecture, List<Point> loss, List<Point> validation) {
    public Curve {
      loss = List.copyOf(loss);
      validation = List.copyOf(validation);
    }
  }

  /**
   * @param drawing SVG
   * @param latency in milliseconds; null without a table of them
   * @param warning where its prediction lies far outside of what was measured
   */
  public record Winner(
      String architecture,
      String drawing,
      String strategy,
      double predicted,
      long macs,
      long parameters,
      @Nullable Double latency,
      @Nullable String warning) {}
}
