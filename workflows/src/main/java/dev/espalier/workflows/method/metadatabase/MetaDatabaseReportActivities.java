package dev.espalier.workflows.method.metadatabase;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Sums the making of a meta-database up. */
@ActivityInterface
public interface MetaDatabaseReportActivities {
  @ActivityMethod(name = "ReportMetaDatabase")
  MetaDatabaseResult report(MetaDatabaseReportRequest request);

  /** The results of the stages: JSON, or as {@link dev.espalier.workflows.stage.HandedOn} says. */
  record MetaDatabaseReportRequest(
      @JsonUnwrapped StageRef ref,
      String specification,
      String sample,
      String encoder,
      String features,
      String evaluated,
      String assembled) {}
}
