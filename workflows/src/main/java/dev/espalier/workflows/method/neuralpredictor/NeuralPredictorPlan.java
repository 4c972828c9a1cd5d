package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.workflows.method.MethodPlan;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorReportActivities.NeuralPredictorReportRequest;
import dev.espalier.workflows.report.ReportStage;
import dev.espalier.workflows.sampling.EvaluateSampleStage;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Objects;

/** Neural Predictor: split, evaluate, train classifier and predictor, rank, evaluate the best. */
public final class NeuralPredictorPlan implements MethodPlan {
  private static final String EVALUATE_TOP = "evaluate-top";

  private static final List<StagePlan> STAGES =
      List.of(
          new StagePlan(
              "prepare-data",
              PrepareTableStage.TYPE,
              1,
              List.of("space", "data", "evaluation"),
              false),
          new StagePlan(
              "split",
              SplitCellsStage.TYPE,
              1,
              List.of("space", "network", "split", "search", "evaluation", "indicators"),
              true),
          new StagePlan(
              "evaluate",
              EvaluateSampleStage.TYPE,
              1,
              List.of("space", "network", "split", "evaluation", "failure"),
              true),
          new StagePlan(
              "train-classifier",
              TrainClassifierStage.TYPE,
              1,
              List.of("space", "network", "classifier", "crossValidation", "search", "evaluation"),
              true),
          new StagePlan(
              "train-predictor",
              CrossValidateStage.TYPE,
              1,
              List.of("space", "network", "predictor", "crossValidation", "search", "evaluation"),
              true),
          new StagePlan(
              "rank",
              RankStage.TYPE,
              1,
              List.of("space", "network", "split", "search", "evaluation"),
              true),
          new StagePlan(
              EVALUATE_TOP,
              EvaluateSampleStage.TYPE,
              1,
              List.of("space", "network", "split", "search", "evaluation", "failure"),
              true),
          new StagePlan("report", ReportStage.TYPE, 1, List.of("method", "space"), true));

  @Override
  public String method() {
    return NeuralPredictorSpecification.METHOD;
  }

  @Override
  public List<StagePlan> stages() {
    return STAGES;
  }

  @Override
  public List<Class<?>> ownStages() {
    return List.of(
        PrepareTableStageImpl.class,
        SplitCellsStageImpl.class,
        TrainClassifierStageImpl.class,
        CrossValidateStageImpl.class,
        RankStageImpl.class);
  }

  @Override
  public String sampleFrom(String stage) {
    return stage.equals(EVALUATE_TOP) ? "rank" : "split";
  }

  @Override
  public String report(StageInput input, PausableUnits units) {
    NeuralPredictorReportActivities activities =
        Workflow.newActivityStub(
            NeuralPredictorReportActivities.class,
            ActivityRules.compute(input.numericClass(), input.store()));
    NeuralPredictorReportRequest request =
        new NeuralPredictorReportRequest(
            input.ref(),
            input.specification(),
            Objects.requireNonNullElse(input.tableDigest(), ""),
            input.input("evaluate"),
            input.input("train-classifier"),
            input.input("train-predictor"),
            input.input("rank"),
            input.input(EVALUATE_TOP),
            input.salt());
    return CanonicalJson.of(SingleUnit.run(units, request, activities::report));
  }
}
