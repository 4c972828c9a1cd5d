package dev.espalier.workflows.method.tenas;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.workflows.data.PrepareDataStage;
import dev.espalier.workflows.evaluation.EvaluateStage;
import dev.espalier.workflows.method.MethodPlan;
import dev.espalier.workflows.method.tenas.TeNasReportActivities.ReportRequest;
import dev.espalier.workflows.report.ReportStage;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.PausableUnits;
import dev.espalier.workflows.stage.SingleUnit;
import dev.espalier.workflows.stage.StageInput;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** TE-NAS: prune, train what is left beside random architectures, report. */
public final class TeNasPlan implements MethodPlan {
  private static final List<StagePlan> STAGES =
      List.of(
          PrepareDataStage.PLAN,
          new StagePlan("prune", PruneStage.TYPE, 1, List.of("space", "search"), true),
          new StagePlan(
              "evaluate", EvaluateStage.TYPE, 1, List.of("space", "evaluation", "failure"), true),
          new StagePlan(
              "report",
              ReportStage.TYPE,
              1,
              List.of("method", "space", "search", "evaluation"),
              true));

  @Override
  public String method() {
    return TeNasSpecification.METHOD;
  }

  @Override
  public List<StagePlan> stages() {
    return STAGES;
  }

  @Override
  public List<Class<?>> ownStages() {
    return List.of(PruneStageImpl.class);
  }

  /** The architecture that is left and random ones, all different. */
  @Override
  public List<Finalist> finalists(StageInput input) {
    TeNasSpecification specification = specification(input);
    String left = Json.read(input.input("prune"), JsonNode.class).get("architecture").asText();
    SearchSpace space = SearchSpaces.named(specification.space());
    Set<String> architectures = new LinkedHashSet<>();
    architectures.add(space.parse(left).canonical());
    RandomStream stream = RandomStream.of(specification.seed(), "evaluate", "random-architectures");
    while (architectures.size() <= specification.evaluation().randomCells()) {
      architectures.add(space.random(stream).canonical());
    }
    List<Finalist> finalists = new ArrayList<>();
    for (String architecture : architectures) {
      int number = finalists.size();
      finalists.add(
          new Finalist(architecture, Finalist.role(number), number, specification.seed()));
    }
    return finalists;
  }

  @Override
  public String inWords(StageInput input, int trainings) {
    return "Training %d architectures the same way".formatted(trainings);
  }

  @Override
  public String report(StageInput input, PausableUnits units) {
    TeNasReportActivities activities =
        Workflow.newActivityStub(
            TeNasReportActivities.class,
            ActivityRules.compute(input.numericClass(), input.store()));
    ReportRequest request =
        new ReportRequest(
            input.ref(),
            input.specification(),
            input.dataDigest(),
            input.input("prune"),
            input.input("evaluate"),
            input.tableDigest());
    return CanonicalJson.of(SingleUnit.run(units, request, activities::report));
  }

  private static TeNasSpecification specification(StageInput input) {
    return Json.read(input.specification(), TeNasSpecification.class);
  }
}
