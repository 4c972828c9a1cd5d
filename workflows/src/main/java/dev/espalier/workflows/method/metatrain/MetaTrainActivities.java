package dev.espalier.workflows.method.metatrain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Meta-trains the models of MetaD2A. */
@ActivityInterface
public interface MetaTrainActivities {
  /** Finds what is learned from. */
  @ActivityMethod(name = "FindTasks")
  FoundTasks prepare(FindTasks request);

  /** Trains one model from its newest checkpoint to its last epoch. */
  @ActivityMethod(name = "FitMetaModel")
  MetaFitResult.Run fit(FitMetaModel request);

  /** Puts the best models into the catalogue, and sums up. */
  @ActivityMethod(name = "ReportMetaTraining")
  MetaTrainResult report(ReportMetaTraining request);

  /**
   * @param made the result of making the meta-database first: JSON, or as {@link
   *     dev.espalier.workflows.stage.HandedOn} says; null where it is found by names
   */
  record FindTasks(
      @JsonUnwrapped StageRef ref,
      String specification,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String made) {}

  /**
   * @param model {@code generator} or {@code predictor}
   * @param number of the training among those of the stage, from 0
   */
  record FitMetaModel(
      @JsonUnwrapped StageRef ref,
      String specification,
      String model,
      int number,
      FoundTasks tasks) {}

  /**
   * @param generator result of that stage: JSON, or as {@link
   *     dev.espalier.workflows.stage.HandedOn} says; {@code predictor} likewise
   */
  record ReportMetaTraining(
      @JsonUnwrapped StageRef ref,
      String specification,
      FoundTasks tasks,
      String generator,
      String predictor) {}
}
