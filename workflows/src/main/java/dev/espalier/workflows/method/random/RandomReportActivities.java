package dev.espalier.workflows.method.random;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** Sums random search up. */
@ActivityInterface
public interface RandomReportActivities {
  /** Finds the best, and what the best of so many is expected to be. */
  @ActivityMethod(name = "ReportRandom")
  RandomResult report(RandomReportRequest request);

  /**
   * @param evaluated result of the evaluate stage: JSON, or as {@link
   *     dev.espalier.workflows.stage.HandedOn} says
   * @param salt what {@code run --fresh} adds to the ids of evaluations; null or empty without it
   */
  record RandomReportRequest(
      @JsonUnwrapped StageRef ref, String specification, String evaluated, @Nullable String salt) {}
}
