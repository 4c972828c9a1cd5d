package dev.espalier.workflows.method.metadatabase;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.workflows.method.MethodPlan;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseReportActivities.MetaDatabaseReportRequest;
import dev.espalier.workflows.report.ReportStage;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.workflow.Workflow;
import java.util.List;

/** A meta-database: draw tasks, encode the images, evaluate, assemble, report. */
public final class MetaDatabasePlan implements MethodPlan {
  private static final String EVALUATE = "evaluate";

  /**
   * Those that read what was imported, which prepare-data finds, name {@code evaluation}: so it is
   * in their keys.
   */
  private static final List<StagePlan> STAGES =
      List.of(
          new StagePlan("prepare-data", PrepareTasksStage.TYPE, 1, List.of("data"), false),
          new StagePlan("train-encoder", TrainEncoderStage.TYPE, 1, List.of("features"), true),
          new StagePlan("features", FeaturesStage.TYPE, 1, List.of("features", "evaluation"), true),
          new StagePlan(
              "sample",
              DrawTasksStage.TYPE,
              1,
              List.of("space", "network", "search", "evaluation"),
              true),
          new StagePlan(
              EVALUATE,
              EvaluateTasksStage.TYPE,
              1,
              List.of("space", "network", "search", "evaluation", "failure"),
              true),
          new StagePlan(
              "assemble",
              AssembleStage.TYPE,
              1,
              List.of("space", "network", "search", "evaluation"),
              true),
          new StagePlan("report", ReportStage.TYPE, 1, List.of("method", "space"), true));

  @Override
  public String method() {
    return MetaDatabaseSpecification.METHOD;
  }

  @Override
  public List<StagePlan> stages() {
    return STAGES;
  }

  @Override
  public List<Class<?>> ownStages() {
    return List.of(
        PrepareTasksStageImpl.class,
        DrawTasksStageImpl.class,
        TrainEncoderStageImpl.class,
        FeaturesStageImpl.class,
        EvaluateTasksStageImpl.class,
        AssembleStageImpl.class);
  }

  @Override
  public String report(StageInput input, PausableUnits units) {
    MetaDatabaseReportActivities activities =
        Workflow.newActivityStub(
            MetaDatabaseReportActivities.class,
            ActivityRules.compute(input.numericClass(), input.store()));
    MetaDatabaseReportRequest request =
        new MetaDatabaseReportRequest(
            input.ref(),
            input.specification(),
            input.input("sample"),
            input.input("train-encoder"),
            input.input("features"),
            input.input(EVALUATE),
            input.input("assemble"));
    return CanonicalJson.of(SingleUnit.run(units, request, activities::report));
  }
}
