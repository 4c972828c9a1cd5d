package dev.espalier.workflows.experiment;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.workflows.data.PrepareDataStage;
import dev.espalier.workflows.evaluation.EvaluateStage;
import dev.espalier.workflows.evolution.EvolveStage;
import dev.espalier.workflows.method.tenas.PruneStage;
import dev.espalier.workflows.prediction.TrainPredictorStage;
import dev.espalier.workflows.report.ReportStage;
import dev.espalier.workflows.sampling.EvaluateSampleStage;
import dev.espalier.workflows.sampling.SampleStage;
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

  private static final List<StagePlan> GNN_EVOLUTION =
      List.of(
          new StagePlan("prepare-data", PrepareDataStage.TYPE, 1, List.of("data"), false),
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

  private static final List<StagePlan> TRAIN =
      List.of(
          new StagePlan("prepare-data", PrepareDataStage.TYPE, 1, List.of("data"), false),
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

  private Plans() {}

  /** The plan of a method, in order. */
  public static List<StagePlan> of(String method) {
    return switch (method) {
      case TeNasSpecification.METHOD -> TE_NAS;
      case EvolutionSpecification.METHOD -> GNN_EVOLUTION;
      case TrainSpecification.METHOD -> TRAIN;
      default ->
          throw new InvalidInput(
              "no plan for method %s: known are %s"
                  .formatted(method, String.join(", ", Methods.names())));
    };
  }
}
