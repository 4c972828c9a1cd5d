package dev.espalier.workflows.prediction;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Compares predictors on held-out architectures and fits the one that guides the search. */
@WorkflowInterface
public interface TrainPredictorStage extends StageSignals {
  String TYPE = "TrainPredictorStage";

  /** Returns {@link TrainPredictorResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
