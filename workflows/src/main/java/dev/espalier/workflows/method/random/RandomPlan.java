package dev.espalier.workflows.method.random;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.method.random.RandomSpecification;
import dev.espalier.workflows.data.PrepareDataStage;
import dev.espalier.workflows.method.MethodPlan;
import dev.espalier.workflows.method.random.RandomReportActivities.RandomReportRequest;
import dev.espalier.workflows.report.ReportStage;
import dev.espalier.workflows.sampling.EvaluateSampleStage;
import dev.espalier.workflows.sampling.SampleStage;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.workflow.Workflow;
import java.util.List;

/** Random search: draw, evaluate, report. */
public final class RandomPlan implements MethodPlan {
  private static final List<StagePlan> STAGES =
      List.of(
          PrepareDataStage.PLAN,
          new StagePlan(
              "sample",
              SampleStage.TYPE,
              1,
              List.of("space", "network", "search", "evaluation"),
              true),
          new StagePlan(
              "evaluate",
              EvaluateSampleStage.TYPE,
              1,
              List.of("space", "network", "search", "evaluation", "failure"),
              true),
          new StagePlan("report", ReportStage.TYPE, 1, List.of("method", "space"), true));

  @Override
  public String method() {
    return RandomSpecification.METHOD;
  }

  @Override
  public List<StagePlan> stages() {
    return STAGES;
  }

  @Override
  public String report(StageInput input, PausableUnits units) {
    RandomReportActivities activities =
        Workflow.newActivityStub(
            RandomReportActivities.class,
            ActivityRules.compute(input.numericClass(), input.store()));
    RandomReportRequest request =
        new RandomReportRequest(
            input.ref(), input.specification(), input.input("evaluate"), input.salt());
    return CanonicalJson.of(SingleUnit.run(units, request, activities::report));
  }
}
