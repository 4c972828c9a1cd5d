package dev.espalier.workflows.method.training;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.workflows.data.PrepareDataStage;
import dev.espalier.workflows.evaluation.EvaluateStage;
import dev.espalier.workflows.method.MethodPlan;
import dev.espalier.workflows.method.training.TrainingReportActivities.TrainReportRequest;
import dev.espalier.workflows.report.ReportStage;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.Bookkeeping.Progress;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.workflow.Workflow;
import java.util.List;

/** A training of one architecture: train, report. */
public final class TrainingPlan implements MethodPlan {
  private static final List<StagePlan> STAGES =
      List.of(
          PrepareDataStage.PLAN,
          new StagePlan(
              "train",
              EvaluateStage.TYPE,
              1,
              List.of("space", "architecture", "network", "evaluation", "failure"),
              true),
          new StagePlan(
              "report",
              ReportStage.TYPE,
              1,
              List.of("method", "space", "architecture", "network", "evaluation"),
              true));

  @Override
  public String method() {
    return TrainSpecification.METHOD;
  }

  @Override
  public List<StagePlan> stages() {
    return STAGES;
  }

  @Override
  public List<Finalist> finalists(StageInput input) {
    TrainSpecification specification = specification(input);
    return List.of(
        new Finalist(specification.parsed().canonical(), Finalist.FOUND, 0, specification.seed()));
  }

  @Override
  public String inWords(StageInput input, int trainings) {
    TrainSpecification specification = specification(input);
    return "Training %s for %d epochs"
        .formatted(specification.architecture(), specification.evaluation().epochs());
  }

  @Override
  public Progress progress(StageInput input, int trainings) {
    return new Progress(0, 1, 0, specification(input).evaluation().epochs(), "epochs");
  }

  @Override
  public String report(StageInput input, PausableUnits units) {
    TrainingReportActivities activities =
        Workflow.newActivityStub(
            TrainingReportActivities.class,
            ActivityRules.compute(input.numericClass(), input.store()));
    TrainReportRequest request =
        new TrainReportRequest(
            input.ref(), input.specification(), input.dataDigest(), input.input("train"));
    return CanonicalJson.of(SingleUnit.run(units, request, activities::report));
  }

  private static TrainSpecification specification(StageInput input) {
    return Json.read(input.specification(), TrainSpecification.class);
  }
}
