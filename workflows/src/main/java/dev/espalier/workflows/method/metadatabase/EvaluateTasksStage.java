package dev.espalier.workflows.method.metadatabase;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Trains every architecture on its task for real. */
@WorkflowInterface
public interface EvaluateTasksStage extends StageSignals {
  String TYPE = "EvaluateTasksStage";

  /** Returns {@link EvaluatedTasks} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
