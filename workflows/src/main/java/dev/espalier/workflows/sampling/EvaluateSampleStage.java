package dev.espalier.workflows.sampling;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Trains every architecture of the sample for real. */
@WorkflowInterface
public interface EvaluateSampleStage extends StageSignals {
  String TYPE = "EvaluateSampleStage";

  /** Returns {@link EvaluateSampleResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
