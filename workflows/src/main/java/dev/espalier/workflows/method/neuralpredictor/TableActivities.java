package dev.espalier.workflows.method.neuralpredictor;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.espalier.workflows.stage.StageRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Tables of accuracies, and which of their cells are learned from. */
@ActivityInterface
public interface TableActivities {
  /** Takes the columns that are looked up out of an imported table. */
  @ActivityMethod(name = "PrepareTable")
  PreparedTable table(PrepareTable request);

  /** Chooses the training cells. */
  @ActivityMethod(name = "SplitCells")
  SplitResult split(SplitCells request);

  record PrepareTable(@JsonUnwrapped StageRef ref, String specification) {}

  /**
   * @param tableDigest empty where nothing is looked up
   */
  record SplitCells(@JsonUnwrapped StageRef ref, String specification, String tableDigest) {}
}
