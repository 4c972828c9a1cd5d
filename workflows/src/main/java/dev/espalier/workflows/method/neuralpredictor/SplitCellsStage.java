package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Chooses the cells that are learned from, and what is ranked. */
@WorkflowInterface
public interface SplitCellsStage extends StageSignals {
  String TYPE = "SplitCellsStage";

  /** Returns {@link SplitResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
