package dev.espalier.workflows.replay;

import static dev.espalier.workflows.fake.Laboratory.input;

import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.stage.ActivityRules;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs whose histories are kept: each way through the workflows at least once. */
final class Scenarios {
  private static final Map<String, String> TYPES =
      Map.of(
          "Experiment", "",
          "PrepareDataStage", "prepare-data",
          "PruneStage", "prune",
          "EvaluateStage", "evaluate",
          "ReportStage", "report");

  private static final Map<String, String> EVOLUTION =
      Map.of(
          "Experiment", "",
          "SampleStage", "sample",
          "EvaluateSampleStage", "evaluate",
          "TrainPredictorStage", "train-predictor",
          "EvolveStage", "evolve",
          "EvaluateStage", "train-final",
          "ReportStage", "report");

  private static final Map<String, String> TRAINING =
      Map.of("Experiment", "", "EvaluateStage", "train", "ReportStage", "report");

  private static final Map<String, String> PREDICTOR =
      Map.of(
          "Experiment", "",
          "PrepareTableStage", "prepare-data",
          "SplitCellsStage", "split",
          "EvaluateSampleStage", "evaluate-top",
          "TrainClassifierStage", "train-classifier",
          "CrossValidateStage", "train-predictor",
          "RankStage", "rank",
          "ReportStage", "report");

  private static final Map<String, String> META_DATABASE =
      Map.of(
          "Experiment", "",
          "PrepareTasksStage", "prepare-data",
          "TrainEncoderStage", "train-encoder",
          "FeaturesStage", "features",
          "DrawTasksStage", "sample",
          "EvaluateTasksStage", "evaluate",
          "AssembleStage", "assemble",
          "ReportStage", "report");

  private static final Map<String, String> META_TRAINING =
      Map.of(
          "Experiment", "",
          "FindTasksStage", "prepare-data",
          "MetaFitStage", "train-generator",
          "ReportStage", "report");

  private static final Map<String, String> META_SEARCH =
      Map.of(
          "Experiment", "",
          "PrepareSearchStage", "prepare-data",
          "EncodeStage", "encode",
          "GenerateStage", "generate",
          "RankCandidatesStage", "rank",
          "EvaluateSampleStage", "evaluate",
          "ReportStage", "report");

  private final Laboratory laboratory;
  private final Map<String, WorkflowExecutionHistory> histories = new LinkedHashMap<>();

  private Scenarios(Laboratory laboratory) {
    this.laboratory = laboratory;
  }

  /** Plays all scenarios; returns histories by {@code <workflow type>/<scenario>}. */
  static Map<String, WorkflowExecutionHistory> play(Laboratory laboratory) {
    Scenarios scenarios = new Scenarios(laboratory);
    scenarios.undisturbed();
    scenarios.reused();
    scenarios.paused();
    scenarios.retried();
    scenarios.cancelled();
    scenarios.evolved();
    scenarios.trained();
    scenarios.predicted();
    scenarios.assembled();
    scenarios.metaTrained();
    return scenarios.histories;
  }

  private void undisturbed() {
    laboratory.complete(input("undisturbed"));
    keep("undisturbed", TYPES.keySet().stream().sorted().toList());
  }

  private void reused() {
    laboratory.complete(input("reused"));
    keep("reused", List.of("Experiment"));
  }

  private void paused() {
    Gate gate = laboratory.script().before("measure/1/", Gate.reachedBy(2));
    laboratory.client().start(input("paused", Map.of("seed", "1")));
    gate.awaitReached();
    laboratory.client().pause("paused");
    laboratory.store().awaitState("paused", "PAUSED");
    gate.open();
    laboratory.client().resume("paused");
    laboratory.awaitEnd("paused");
    keep("paused", List.of("Experiment", "PruneStage"));
  }

  private void retried() {
    laboratory.script().fail("train/1", 1, ActivityRules.OUT_OF_MEMORY, "8 GiB are too few");
    laboratory.client().start(input("retried", Map.of("seed", "2")));
    laboratory.store().awaitState("retried", "NEEDS_ATTENTION");
    WorkflowExecutionHistory failed = laboratory.history("retried", "evaluate");
    histories.put("EvaluateStage/failed", failed);
    laboratory.client().retry("retried", 1);
    laboratory.awaitEnd("retried");
    keep("retried", List.of("Experiment"));
  }

  private void cancelled() {
    Gate gate = laboratory.script().before("train/", Gate.reachedBy(1));
    laboratory.client().start(input("cancelled", Map.of("seed", "3")));
    gate.awaitReached();
    laboratory.client().cancel("cancelled");
    laboratory.awaitEnd("cancelled");
    gate.open();
    keep("cancelled", List.of("Experiment", "EvaluateStage"));
  }

  private void evolved() {
    Map<String, String> sets =
        Map.of(
            "sample.architectures", "8",
            "predictor.splits", "2",
            "evaluation.epochs", "4",
            "evaluation.rungs", "2");
    laboratory.complete(
        Laboratory.inputFor("evolved", EvolutionSpecification.preset("quick", sets), ""));
    EVOLUTION.forEach(
        (type, stage) -> histories.put(type + "/evolved", laboratory.history("evolved", stage)));
  }

  private void trained() {
    laboratory.complete(
        Laboratory.inputFor(
            "trained",
            TrainSpecification.preset("quick", Map.of("architecture", "skip|sep3|dil5|skip|sep7")),
            ""));
    TRAINING.forEach(
        (type, stage) -> histories.put(type + "/trained", laboratory.history("trained", stage)));
  }

  /** From a table, with a second predictor beside the one that ranks; then from images. */
  private void predicted() {
    Map<String, String> sets =
        Map.of(
            "evaluation.table", "cells",
            "split.train", "10",
            "search.top", "3",
            "predictor.fitTo", "passing",
            "crossValidation.grid.epochs", "[10, 20]");
    laboratory.complete(
        Laboratory.inputFor("predicted", NeuralPredictorSpecification.preset("quick", sets), ""));
    PREDICTOR.forEach((type, stage) ->
        histories.put(type + "/predicted", laboratory.history("predicted", stage)));
    Map<String, String> reading = new LinkedHashMap<>(sets);
    reading.put("indicators.names", "[naswot, synflow]");
    reading.put("indicators.shard", "5000");
    laboratory.complete(
        Laboratory.inputFor("reading", NeuralPredictorSpecification.preset("quick", reading), ""));
    histories.put("SplitCellsStage/reading", laboratory.history("reading", "split"));
    laboratory.complete(
        Laboratory.inputFor(
            "imaged",
            NeuralPredictorSpecification.preset("quick", Map.of("split.train", "4")),
            ""));
    PREDICTOR.forEach(
        (type, stage) -> histories.put(type + "/imaged", laboratory.history("imaged", stage)));
  }

  /** With an encoder that is trained, then with features that were imported. */
  private void assembled() {
    Map<String, String> sets = Map.of("search.tasks", "3", "search.architectures", "2");
    laboratory.complete(
        Laboratory.inputFor("assembled", MetaDatabaseSpecification.preset("quick", sets), ""));
    META_DATABASE.forEach((type, stage) ->
        histories.put(type + "/assembled", laboratory.history("assembled", stage)));
    Map<String, String> imported = new LinkedHashMap<>(sets);
    imported.put("features.encoder", "imported");
    imported.put("features.name", "mine");
    laboratory.complete(
        Laboratory.inputFor("given", MetaDatabaseSpecification.preset("quick", imported), ""));
    for (String type : List.of("TrainEncoderStage", "FeaturesStage")) {
      histories.put(
          type + "/given", laboratory.history("given", META_DATABASE.getOrDefault(type, "")));
    }
  }

  /** Two seeds of each model; then a search by the models. */
  private void metaTrained() {
    laboratory.complete(
        Laboratory.inputFor(
            "meta-trained",
            MetaTrainSpecification.preset("quick", Map.of("search.seeds", "2")),
            ""));
    META_TRAINING.forEach((type, stage) ->
        histories.put(type + "/meta-trained", laboratory.history("meta-trained", stage)));
    laboratory.complete(
        Laboratory.inputFor(
            "generated", MetaD2aSpecification.preset("quick", Map.of("search.top", "4")), ""));
    META_SEARCH.forEach((type, stage) ->
        histories.put(type + "/generated", laboratory.history("generated", stage)));
    laboratory.complete(
        Laboratory.inputFor(
            "from-nothing",
            MetaD2aSpecification.preset(
                "quick", Map.of("models.train.tasks.make.search.tasks", "4", "seed", "1")),
            ""));
    histories.put("Experiment/from-nothing", laboratory.history("from-nothing", ""));
    histories.put(
        "FindTasksStage/from-nothing",
        laboratory.history("from-nothing", "metad2a-train:prepare-data"));
    histories.put(
        "PrepareSearchStage/from-nothing", laboratory.history("from-nothing", "prepare-data"));
  }

  private void keep(String scenario, List<String> types) {
    for (String type : types) {
      String stage = TYPES.getOrDefault(type, "");
      histories.put(type + "/" + scenario, laboratory.history(scenario, stage));
    }
  }
}
