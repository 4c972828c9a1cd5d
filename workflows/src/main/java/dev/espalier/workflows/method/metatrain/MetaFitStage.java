package dev.espalier.workflows.method.metatrain;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Trains one of both models, once for each seed. */
@WorkflowInterface
public interface MetaFitStage extends StageSignals {
  String TYPE = "MetaFitStage";

  /** Returns {@link MetaFitResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
