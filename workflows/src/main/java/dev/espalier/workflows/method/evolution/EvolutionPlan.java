package dev.espalier.workflows.method.evolution;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.data.PrepareDataStage;
import dev.espalier.workflows.evaluation.EvaluateStage;
import dev.espalier.workflows.method.MethodPlan;
import dev.espalier.workflows.method.evolution.EvolutionReportActivities.EvolutionReportRequest;
import dev.espalier.workflows.prediction.TrainPredictorStage;
import dev.espalier.workflows.report.ReportStage;
import dev.espalier.workflows.sampling.EvaluateSampleStage;
import dev.espalier.workflows.sampling.SampleStage;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Guided evolution: sample, train, fit, evolve, train the winner beside its equals, report. */
public final class EvolutionPlan implements MethodPlan {
  private static final List<StagePlan> STAGES =
      List.of(
          PrepareDataStage.PLAN,
          new StagePlan(
              "sample",
              SampleStage.TYPE,
              1,
              List.of("space", "network", "sample", "evaluation", "budget"),
              true),
          new StagePlan(
              "evaluate",
              EvaluateSampleStage.TYPE,
              1,
              List.of("space", "network", "sample", "evaluation", "failure"),
              true),
          new StagePlan(
              "train-predictor",
              TrainPredictorStage.TYPE,
              2,
              List.of("space", "network", "predictor"),
              true),
          new StagePlan(
              "evolve",
              EvolveStage.TYPE,
              2,
              List.of("space", "network", "search", "evaluation", "budget"),
              true),
          new StagePlan(
              "train-final",
              EvaluateStage.TYPE,
              2,
              List.of("space", "network", "trainFinal", "evaluation", "failure"),
              true),
          new StagePlan("report", ReportStage.TYPE, 2, List.of("method", "space"), true));

  @Override
  public String method() {
    return EvolutionSpecification.METHOD;
  }

  @Override
  public List<StagePlan> stages() {
    return STAGES;
  }

  @Override
  public List<Class<?>> ownStages() {
    return List.of(EvolveStageImpl.class);
  }

  @Override
  public String finalistsFrom() {
    return "evolve";
  }

  /** The winner and random architectures of equal cost, each with every seed. */
  @Override
  public List<Finalist> finalists(StageInput input) {
    EvolutionSpecification specification = specification(input);
    EvolveResult winner = Json.read(input.input("evolve"), EvolveResult.class);
    List<Finalist> finalists = new ArrayList<>();
    int number = 0;
    for (String architecture : EqualCost.architectures(winner, specification)) {
      for (int seed = 0; seed < specification.trainFinal().seeds(); seed++) {
        finalists.add(
            new Finalist(architecture, Finalist.role(number), number, specification.seed() + seed));
      }
      number++;
    }
    return finalists;
  }

  @Override
  public String inWords(StageInput input, int trainings) {
    int seeds = specification(input).trainFinal().seeds();
    return "Training the winner and %d random architectures of equal cost, %d seeds each"
        .formatted(trainings / seeds - 1, seeds);
  }

  @Override
  public String report(StageInput input, PausableUnits units) {
    EvolutionReportActivities activities =
        Workflow.newActivityStub(
            EvolutionReportActivities.class,
            ActivityRules.compute(input.numericClass(), input.store()));
    EvolutionReportRequest request =
        new EvolutionReportRequest(
            input.ref(),
            input.specification(),
            input.input("evaluate"),
            input.input("train-predictor"),
            input.input("evolve"),
            input.input("train-final"));
    return CanonicalJson.of(SingleUnit.run(units, request, activities::report));
  }

  private static EvolutionSpecification specification(StageInput input) {
    return Json.read(input.specification(), EvolutionSpecification.class);
  }
}
