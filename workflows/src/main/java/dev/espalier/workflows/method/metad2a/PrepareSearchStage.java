package dev.espalier.workflows.method.metad2a;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Finds the data and the models, by what their names mean now. */
@WorkflowInterface
public interface PrepareSearchStage extends StageSignals {
  String TYPE = "PrepareSearchStage";

  /** Returns {@link PreparedSearch} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
