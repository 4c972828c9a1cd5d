package dev.espalier.workflows.method.metatrain;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Finds both meta-databases and the features, by what their names mean now. */
@WorkflowInterface
public interface FindTasksStage extends StageSignals {
  String TYPE = "FindTasksStage";

  /** Returns {@link FoundTasks} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
