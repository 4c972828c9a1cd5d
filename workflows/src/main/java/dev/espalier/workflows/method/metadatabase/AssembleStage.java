package dev.espalier.workflows.method.metadatabase;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Puts the evaluations together to two databases. */
@WorkflowInterface
public interface AssembleStage extends StageSignals {
  String TYPE = "AssembleStage";

  /** Returns {@link AssembledDatabases} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
