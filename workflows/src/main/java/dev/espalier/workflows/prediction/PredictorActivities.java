package dev.espalier.workflows.prediction;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Fits predictors. */
@ActivityInterface
public interface PredictorActivities {
  /** Fits one predictor to a part of the rows and ranks the held-out ones. */
  @ActivityMethod(name = "FitSplit")
  SplitOutcome split(FitSplit request);

  /** Fits the predictor that guides the search to all rows. */
  @ActivityMethod(name = "FitPredictor")
  Fitted fit(FitPredictor request);

  /** Puts the splits together. */
  @ActivityMethod(name = "SummarizePredictors")
  TrainPredictorResult summarize(Summarize request);

  /**
   * @param rows SHA-256 of the evaluated sample
   * @param split which random split, from 0
   * @param trainingRows how many rows are fitted to
   */
  record FitSplit(
      @JsonUnwrapped StageRef ref,
      String specification,
      String rows,
      String kind,
      int split,
      int trainingRows) {}

  /**
   * @param heldOut what was said of the held-out architectures: in the first split of all rows only
   */
  record SplitOutcome(
      String kind, int trainingRows, double tau, double error, List<Prediction> heldOut) {
    public SplitOutcome {
      heldOut = List.copyOf(heldOut);
    }
  }

  record FitPredictor(@JsonUnwrapped StageRef ref, String specification, String rows) {}

  record Fitted(String kind, String model, int rows, double least, double most) {}

  record Summarize(String kind, Fitted fitted, List<SplitOutcome> splits) {
    public Summarize {
      splits = List.copyOf(splits);
    }
  }
}
