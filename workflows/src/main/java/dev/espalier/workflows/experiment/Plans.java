package dev.espalier.workflows.experiment;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.workflows.data.PrepareDataStage;
import dev.espalier.workflows.evaluation.EvaluateStage;
import dev.espalier.workflows.pruning.PruneStage;
import dev.espalier.workflows.report.ReportStage;
import java.util.List;

/** The stages of each method. */
public final class Plans {
  private static final List<StagePlan> TE_NAS =
      List.of(
          new StagePlan("prepare-data", PrepareDataStage.TYPE, 1, List.of("data"), false),
          new StagePlan("prune", PruneStage.TYPE, 1, List.of("space", "search"), true),
          new StagePlan(
              "evaluate", EvaluateStage.TYPE, 1, List.of("space", "evaluation", "failure"), true),
          new StagePlan(
              "report",
              ReportStage.TYPE,
              1,
              List.of("method", "space", "search", "evaluation"),
              true));

  private Plans() {}

  /** The plan of a method, in order. */
  public static List<StagePlan> of(String method) {
    return switch (method) {
      case "te-nas" -> TE_NAS;
      default -> throw new InvalidInput("no plan for method %s: known is te-nas".formatted(method));
    };
  }
}
