package dev.espalier.workflows.method.metad2a;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Computes the features of the data set, and what the models see in it. */
@WorkflowInterface
public interface EncodeStage extends StageSignals {
  String TYPE = "EncodeStage";

  /** Returns {@link EncodedData} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
