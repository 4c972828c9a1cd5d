package dev.espalier.workflows.method.metad2a;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.workflows.method.MethodPlan;
import dev.espalier.workflows.method.metad2a.MetaD2aActivities.ReportMetaD2a;
import dev.espalier.workflows.report.ReportStage;
import dev.espalier.workflows.sampling.EvaluateSampleStage;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import java.util.List;

/** MetaD2A: prepare, encode the data set, generate, rank, evaluate the best, report. */
public final class MetaD2aPlan implements MethodPlan {
  private static final List<StagePlan> STAGES =
      List.of(
          new StagePlan(
              "prepare-data",
              PrepareSearchStage.TYPE,
              1,
              List.of("space", "data", "models", "evaluation"),
              false),
          new StagePlan("encode", EncodeStage.TYPE, 1, List.of("space", "search"), true),
          new StagePlan(
              "generate",
              GenerateStage.TYPE,
              1,
              List.of("space", "network", "search", "budget", "evaluation"),
              true),
          new StagePlan(
              "rank",
              RankCandidatesStage.TYPE,
              1,
              List.of("space", "network", "search", "budget", "evaluation"),
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
    return MetaD2aSpecification.METHOD;
  }

  @Override
  public List<StagePlan> stages() {
    return STAGES;
  }

  @Override
  public List<Class<?>> ownStages() {
    return List.of(
        PrepareSearchStageImpl.class,
        EncodeStageImpl.class,
        GenerateStageImpl.class,
        RankCandidatesStageImpl.class);
  }

  @Override
  public String sampleFrom(String stage) {
    return "rank";
  }

  @Override
  public String report(StageInput input, PausableUnits units) {
    ReportMetaD2a request =
        new ReportMetaD2a(
            input.ref(),
            input.specification(),
            input.input("rank"),
            input.input("evaluate"),
            input.salt(),
            Json.read(input.input("prepare-data"), PreparedSearch.class).seen());
    return CanonicalJson.of(SingleUnit.run(units, request, Handed.activities(input)::report));
  }
}
