package dev.espalier.workflows.method.neuralpredictor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fits classifiers and predictors to training cells. */
@ActivityInterface
public interface CellFitActivities {
  /** Reads what the training cells came to, and where the threshold lies. */
  @ActivityMethod(name = "CountCells")
  Counted count(CountCells request);

  /** Fits to all folds but one, and predicts that one. */
  @ActivityMethod(name = "FitFold")
  FoldOutcome fold(FitFold request);

  /** Fits to all training cells. */
  @ActivityMethod(name = "FitCells")
  FittedCells fit(FitCells request);

  /**
   * @param rows SHA-256 of the evaluated training cells
   */
  record CountCells(@JsonUnwrapped StageRef ref, String specification, String rows) {}

  /**
   * @param cells that were evaluated
   * @param threshold the lowest accuracy that passes
   * @param passing how many of them pass
   * @param least the lowest accuracy; {@code most} the highest
   */
  record Counted(int cells, double threshold, int passing, double least, double most) {}

  /**
   * What is fitted.
   *
   * @param classifies whether it learns who passes, not the accuracy
   * @param passing whether it is fitted to the passing cells alone
   * @param threshold the lowest accuracy that passes
   * @param point which of the specification's settings, from 0; 0 for a classifier
   */
  record Target(boolean classifies, boolean passing, double threshold, int point) {}

  /**
   * @param columns SHA-256 of what is known of the cells beside their graphs; null without any
   */
  record FitFold(
      @JsonUnwrapped StageRef ref,
      String specification,
      String rows,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String columns,
      Target target,
      int repeat,
      int fold) {}

  /**
   * @param tau Kendall's, of the held-out fold
   * @param squares the sum of squared differences; {@code cells} that were held out
   * @param confusion of a classifier; null of a predictor
   * @param heldOut what was said of some of them, in the first repeat
   */
  record FoldOutcome(
      int point,
      int repeat,
      int fold,
      double tau,
      double squares,
      int cells,
      @Nullable Confusion confusion,
      List<Prediction> heldOut) {
    public FoldOutcome {
      heldOut = List.copyOf(heldOut);
    }
  }

  /**
   * @param columns SHA-256 of what is known of the cells beside their graphs; null without any
   * @param name under which the fit is recorded
   */
  record FitCells(
      @JsonUnwrapped StageRef ref,
      String specification,
      String rows,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String columns,
      Target target,
      String name) {}

  /**
   * @param model SHA-256 of the fitted predictor, an artifact
   * @param losses mean squared error by epoch, of the steps; long series are thinned
   */
  record FittedCells(String model, int cells, List<Double> losses) {
    public FittedCells {
      losses = List.copyOf(losses);
    }
  }
}
