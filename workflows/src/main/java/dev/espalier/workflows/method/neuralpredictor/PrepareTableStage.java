package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Makes ready what accuracies come from: a table, else images to train on. */
@WorkflowInterface
public interface PrepareTableStage extends StageSignals {
  String TYPE = "PrepareTableStage";

  /** Returns {@link PreparedTable} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
