package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import java.util.List;

/**
 * Cells of a ranking for people.
 *
 * @param top the best ranked, with what was predicted
 * @param judged some of the held-out cells, evenly over all
 */
public record RankedCells(List<Ranked> top, List<Prediction> judged) {
  public RankedCells {
    top = List.copyOf(top);
    judged = List.copyOf(judged);
  }

  public record Ranked(String architecture, double predicted) {}
}
