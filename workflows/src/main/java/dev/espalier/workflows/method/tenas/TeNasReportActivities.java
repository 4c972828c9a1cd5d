package dev.espalier.workflows.method.tenas;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Sums TE-NAS up. */
@ActivityInterface
public interface TeNasReportActivities {
  /** Computes what the result says beyond those of the stages before. */
  @ActivityMethod(name = "Report")
  TeNasResult report(ReportRequest request);

  /**
   * @param pruned result of the prune stage: JSON, or as {@link
   *     dev.espalier.workflows.stage.HandedOn} says
   * @param evaluated result of the evaluate stage, likewise
   * @param tableDigest the table to look it up in, where the specification names one; null for
   *     whatever that name stands for now, in histories from before it was told
   */
  record ReportRequest(
      @JsonUnwrapped StageRef ref,
      String specification,
      String dataDigest,
      String pruned,
      String evaluated,
      @Nullable String tableDigest) {}
}
