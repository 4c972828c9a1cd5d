package dev.espalier.workflows.method.metad2a;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Ranks what was generated, and chooses what is evaluated. */
@WorkflowInterface
public interface RankCandidatesStage extends StageSignals {
  String TYPE = "RankCandidatesStage";

  /** Returns {@link RankingResult} as canonical JSON. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
