package dev.espalier.workflows.evaluation;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Trains the architecture that was found, and random ones, the same way. */
@WorkflowInterface
public interface EvaluateStage extends StageSignals {
  String TYPE = "EvaluateStage";

  /** Returns {@link EvaluateResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
