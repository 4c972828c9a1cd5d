package dev.espalier.workflows.method.metad2a;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Generates architectures until there are enough different valid ones. */
@WorkflowInterface
public interface GenerateStage extends StageSignals {
  String TYPE = "GenerateStage";

  /** Returns {@link GeneratedArchitectures} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
