package dev.espalier.workflows.worker;

import dev.espalier.workflows.data.PrepareDataStageImpl;
import dev.espalier.workflows.evaluation.EvaluateStageImpl;
import dev.espalier.workflows.experiment.ExperimentWorkflowImpl;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.prediction.TrainPredictorStageImpl;
import dev.espalier.workflows.report.ReportStageImpl;
import dev.espalier.workflows.sampling.EvaluateSampleStageImpl;
import dev.espalier.workflows.sampling.SampleStageImpl;
import java.util.stream.Stream;

/** All workflow implementations, for workers, tests and replays. */
public final class WorkflowTypes {
  private WorkflowTypes() {}

  /** The experiment, the stages that methods share, then those of each method. */
  public static Class<?>[] implementations() {
    return Stream.concat(
            Stream.of(
                ExperimentWorkflowImpl.class,
                PrepareDataStageImpl.class,
                SampleStageImpl.class,
                EvaluateSampleStageImpl.class,
                TrainPredictorStageImpl.class,
                EvaluateStageImpl.class,
                ReportStageImpl.class),
            Plans.all().stream().flatMap(plan -> plan.ownStages().stream()))
        .toArray(Class<?>[]::new);
  }
}
