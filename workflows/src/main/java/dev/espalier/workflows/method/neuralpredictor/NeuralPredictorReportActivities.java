package dev.espalier.workflows.method.neuralpredictor;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Sums Neural Predictor up. */
@ActivityInterface
public interface NeuralPredictorReportActivities {
  /** Finds the best of all that was evaluated, and how the evaluations came to it. */
  @ActivityMethod(name = "ReportNeuralPredictor")
  NeuralPredictorResult report(NeuralPredictorReportRequest request);

  /**
   * @param evaluated result of that stage: JSON, or as {@link
   *     dev.espalier.workflows.stage.HandedOn} says; the others likewise
   * @param tableDigest empty where nothing is looked up
   * @param salt what {@code run --fresh} adds to the ids of evaluations; null or empty without it
   */
  record NeuralPredictorReportRequest(
      @JsonUnwrapped StageRef ref,
      String specification,
      String tableDigest,
      String evaluated,
      String classifier,
      String predictor,
      String ranked,
      String top,
      @Nullable String salt) {}
}
