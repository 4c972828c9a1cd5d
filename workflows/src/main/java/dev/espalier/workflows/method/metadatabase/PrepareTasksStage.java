package dev.espalier.workflows.method.metadatabase;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Makes the images ready, and finds what was imported beside them. */
@WorkflowInterface
public interface PrepareTasksStage extends StageSignals {
  String TYPE = "PrepareTasksStage";

  /** Returns {@link PreparedTasks} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
