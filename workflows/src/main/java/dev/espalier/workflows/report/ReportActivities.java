package dev.espalier.workflows.report;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Reports. */
@ActivityInterface
public interface ReportActivities {
  /** Computes what the report says beyond the results of the stages before. */
  @ActivityMethod(name = "Report")
  ReportResult report(ReportRequest request);

  /**
   * @param pruned result of the prune stage, JSON
   * @param evaluated result of the evaluate stage, JSON
   */
  record ReportRequest(
      String experimentId,
      String stage,
      String stageKey,
      String specification,
      String dataDigest,
      String pruned,
      String evaluated) {}
}
