package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Chooses the predictor's settings on held-out training cells and fits it. */
@WorkflowInterface
public interface CrossValidateStage extends StageSignals {
  String TYPE = "CrossValidateStage";

  /** Returns {@link CellPredictorResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
