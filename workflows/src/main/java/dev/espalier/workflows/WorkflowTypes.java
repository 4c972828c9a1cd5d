package dev.espalier.workflows;

import dev.espalier.workflows.data.PrepareDataStageImpl;
import dev.espalier.workflows.evaluation.EvaluateStageImpl;
import dev.espalier.workflows.evolution.EvolveStageImpl;
import dev.espalier.workflows.experiment.ExperimentWorkflowImpl;
import dev.espalier.workflows.method.tenas.PruneStageImpl;
import dev.espalier.workflows.prediction.TrainPredictorStageImpl;
import dev.espalier.workflows.report.ReportStageImpl;
import dev.espalier.workflows.sampling.EvaluateSampleStageImpl;
import dev.espalier.workflows.sampling.SampleStageImpl;

/** All workflow implementations, for workers, tests and replays. */
public final class WorkflowTypes {
  private WorkflowTypes() {}

  public static Class<?>[] implementations() {
    return new Class<?>[] {
      ExperimentWorkflowImpl.class,
      PrepareDataStageImpl.class,
      PruneStageImpl.class,
      SampleStageImpl.class,
      EvaluateSampleStageImpl.class,
      TrainPredictorStageImpl.class,
      EvolveStageImpl.class,
      EvaluateStageImpl.class,
      ReportStageImpl.class
    };
  }
}
