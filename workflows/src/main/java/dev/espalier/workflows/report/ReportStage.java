package dev.espalier.workflows.report;

import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StageSignals;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Sums the experiment up: the architecture, what it costs, what it scores, and how it compares. */
@WorkflowInterface
public interface ReportStage extends StageSignals {
  String TYPE = "ReportStage";

  /** Returns what the method came to as canonical JSON: the experiment's result. */
  @WorkflowMethod(name = TYPE)
  String run(StageInput input);
}
