package dev.espalier.workflows.method.tenas;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Prunes the supernet round by round until one operator is left on every edge, and where edges
 * compete, until so many edges are left as the space has (TE-NAS, Chen et al. 2021).
 */
@WorkflowInterface
public interface PruneStage extends StageSignals {
  String TYPE = "PruneStage";

  /** Returns {@link PruneResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
