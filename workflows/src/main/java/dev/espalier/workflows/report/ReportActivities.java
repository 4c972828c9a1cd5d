package dev.espalier.workflows.report;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/**
 * Reports. Results of the stages before are given as JSON, or as {@link
 * dev.espalier.workflows.stage.HandedOn} says.
 */
@ActivityInterface
public interface ReportActivities {
  /** Computes what the report says beyond the results of the stages before. */
  @ActivityMethod(name = "Report")
  ReportResult report(ReportRequest request);

  /** The same for an experiment that evolves architectures on a predictor. */
  @ActivityMethod(name = "ReportEvolution")
  EvolutionResult reportEvolution(EvolutionReportRequest request);

  /** The same for an experiment that trains one architecture. */
  @ActivityMethod(name = "ReportTraining")
  TrainResult reportTraining(TrainReportRequest request);

  /**
   * @param trained result of the train stage
   */
  record TrainReportRequest(
      String experimentId,
      String stage,
      String stageKey,
      String specification,
      String dataDigest,
      String trained) {}

  /**
   * @param evaluate the result of that stage; the others likewise
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

  /**
   * @param pruned result of the prune stage
   * @param evaluated result of the evaluate stage
   * @param tableDigest the table to look it up in, where the specification names one; null for
   *     whatever that name stands for now, in histories from before it was told
   */
  record ReportRequest(
      String experimentId,
      String stage,
      String stageKey,
      String specification,
      String dataDigest,
      String pruned,
      String evaluated,
      @Nullable String tableDigest) {}
}
