package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Fits the first stage of the cascade, and counts how well it filters. */
@WorkflowInterface
public interface TrainClassifierStage extends StageSignals {
  String TYPE = "TrainClassifierStage";

  /** Returns {@link ClassifierResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
