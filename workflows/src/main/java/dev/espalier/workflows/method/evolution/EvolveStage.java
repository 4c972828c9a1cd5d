package dev.espalier.workflows.method.evolution;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Evolves architectures on the predictor, by every strategy at the same budget. */
@WorkflowInterface
public interface EvolveStage extends StageSignals {
  String TYPE = "EvolveStage";

  /** Returns {@link EvolveResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
