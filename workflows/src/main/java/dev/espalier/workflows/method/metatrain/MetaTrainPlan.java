package dev.espalier.workflows.method.metatrain;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.workflows.method.MethodPlan;
import dev.espalier.workflows.method.metatrain.MetaTrainActivities.ReportMetaTraining;
import dev.espalier.workflows.report.ReportStage;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.workflow.Workflow;
import java.util.List;

/** Meta-training: prepare the tasks, train generator and predictor, report. */
public final class MetaTrainPlan implements MethodPlan {
  static final String TRAIN_GENERATOR = "train-generator";
  static final String TRAIN_PREDICTOR = "train-predictor";

  private static final List<StagePlan> STAGES =
      List.of(
          new StagePlan("prepare-data", FindTasksStage.TYPE, 1, List.of("space", "tasks"), false),
          new StagePlan(
              TRAIN_GENERATOR,
              MetaFitStage.TYPE,
              1,
              List.of("space", "generator", "search", "failure"),
              true),
          new StagePlan(
              TRAIN_PREDICTOR,
              MetaFitStage.TYPE,
              1,
              List.of("space", "predictor", "search", "failure"),
              true),
          new StagePlan("report", ReportStage.TYPE, 1, List.of("method", "space", "search"), true));

  @Override
  public String method() {
    return MetaTrainSpecification.METHOD;
  }

  @Override
  public List<StagePlan> stages() {
    return STAGES;
  }

  @Override
  public List<Class<?>> ownStages() {
    return List.of(FindTasksStageImpl.class, MetaFitStageImpl.class);
  }

  @Override
  public String report(StageInput input, PausableUnits units) {
    MetaTrainActivities activities =
        Workflow.newActivityStub(
            MetaTrainActivities.class, ActivityRules.compute(input.numericClass(), input.store()));
    ReportMetaTraining request =
        new ReportMetaTraining(
            input.ref(),
            input.specification(),
            Json.read(input.input("prepare-data"), FoundTasks.class),
            input.input(TRAIN_GENERATOR),
            input.input(TRAIN_PREDICTOR));
    return CanonicalJson.of(SingleUnit.run(units, request, activities::report));
  }
}
