package dev.espalier.workflows.method.evolution;

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
      String experimentId,
      String stage,
      String stageKey,
      String specification,
      String evaluate,
      String trainPredictor,
      String evolve,
      String trainFinal) {}
}
