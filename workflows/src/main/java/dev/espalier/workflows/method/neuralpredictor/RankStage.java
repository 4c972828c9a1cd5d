package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Ranks all candidates by the predictor. */
@WorkflowInterface
public interface RankStage extends StageSignals {
  String TYPE = "RankStage";

  /** Returns {@link RankResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
