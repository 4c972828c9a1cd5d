package dev.espalier.workflows.method.metadatabase;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Draws the tasks, and the architectures of each. */
@WorkflowInterface
public interface DrawTasksStage extends StageSignals {
  String TYPE = "DrawTasksStage";

  /** Returns {@link DrawnTasks} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
