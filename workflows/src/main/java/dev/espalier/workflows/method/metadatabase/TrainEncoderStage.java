package dev.espalier.workflows.method.metadatabase;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Trains the encoder of the images, unless features were imported. */
@WorkflowInterface
public interface TrainEncoderStage extends StageSignals {
  String TYPE = "TrainEncoderStage";

  /** Returns {@link TrainedEncoder} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
