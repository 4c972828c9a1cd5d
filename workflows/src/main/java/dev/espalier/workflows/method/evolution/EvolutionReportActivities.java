package dev.espalier.workflows.method.evolution;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Sums guided evolution up. */
@ActivityInterface
public interface EvolutionReportActivities {
  /** Computes what the result says beyond those of the stages before. */
  @ActivityMethod(name = "ReportEvolution")
  EvolutionResult report(EvolutionReportRequest request);

  /**
   * @param evaluate result of that stage: JSON, or as {@link dev.espalier.workflows.stage.HandedOn}
   *     says; the others likewise
   */
  record EvolutionReportRequest(
      @JsonUnwrapped StageRef ref,
      String specification,
      String evaluate,
      String trainPredictor,
      String evolve,
      String trainFinal) {}
}
