package dev.espalier.workflows.sampling;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Draws different architectures within the budget. */
@WorkflowInterface
public interface SampleStage extends StageSignals {
  String TYPE = "SampleStage";

  /** Returns {@link SamplingActivities.Sampled} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
