package dev.espalier.workflows.method.training;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Sums a training up. */
@ActivityInterface
public interface TrainingReportActivities {
  /** Computes what the result says beyond that of the training itself. */
  @ActivityMethod(name = "ReportTraining")
  TrainResult report(TrainReportRequest request);

  /**
   * @param trained result of the train stage: JSON, or as {@link
   *     dev.espalier.workflows.stage.HandedOn} says
   */
  record TrainReportRequest(
      @JsonUnwrapped StageRef ref, String specification, String dataDigest, String trained) {}
}
