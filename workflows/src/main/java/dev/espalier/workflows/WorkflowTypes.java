package dev.espalier.workflows;

import dev.espalier.workflows.data.PrepareDataStageImpl;
import dev.espalier.workflows.evaluation.EvaluateStageImpl;
import dev.espalier.workflows.experiment.ExperimentWorkflowImpl;
import dev.espalier.workflows.pruning.PruneStageImpl;
import dev.espalier.workflows.report.ReportStageImpl;

/** All workflow implementations, for workers, tests and replays. */
public final class WorkflowTypes {
  private WorkflowTypes() {}

  public static Class<?>[] implementations() {
    return new Class<?>[] {
      ExperimentWorkflowImpl.class,
      PrepareDataStageImpl.class,
      PruneStageImpl.class,
      EvaluateStageImpl.class,
      ReportStageImpl.class
    };
  }
}
