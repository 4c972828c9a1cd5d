package dev.espalier.api;

import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult.Fit;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult.Point;
import dev.espalier.workflows.method.neuralpredictor.ClassifierResult;
import dev.espalier.workflows.method.neuralpredictor.Confusion;
import dev.espalier.workflows.method.neuralpredictor.IndicatorColumns;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Regret;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Step;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.method.neuralpredictor.RankResult.Filtered;
import dev.espalier.workflows.method.neuralpredictor.RankResult.Judged;
import dev.espalier.workflows.method.neuralpredictor.RankedCells;
import dev.espalier.workflows.method.neuralpredictor.RankedCells.Ranked;
import dev.espalier.workflows.method.neuralpredictor.SplitResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Plants experiments with Neural Predictor, from a table. */
final class NeuralPredictorGarden {
  private static final int TRAINING = 40;
  private static final int TOP = 8;

  private final Store store;
  private final RandomStream stream = RandomStream.of(0, "garden");

  NeuralPredictorGarden(Store store) {
    this.store = store;
  }

  /**
   * @param whole to the end, else until the training cells are evaluated
   */
  void plant(String id, boolean whole) {
    NeuralPredictorSpecification specification =
        NeuralPredictorSpecification.preset(
            "quick",
            Map.of(
                "evaluation.table",
                "cells",
                "split.train",
                "" + TRAINING,
                "search.top",
                "" + TOP,
                "indicators.names",
                whole ? "[naswot, synflow]" : "[]"));
    Planting planting = Planting.launched(store, id, specification);
    planting.start(Garden.DATA_DIGEST);
    planting.finish(
        "split",
        CanonicalJson.of(
            new SplitResult(
                "seed",
                Digest.sha256(id),
                TRAINING,
                "list",
                9_405,
                9_445,
                "",
                whole
                    ? new IndicatorColumns(List.of("naswot", "synflow"), 9_445, "columns")
                    : null)),
        0.2);
    for (int shard = 0; whole && shard < 2; shard++) {
      store
          .measurements()
          .append(Digest.sha256(id + "/split"), 0, IndicatorColumns.CPU_SECONDS, shard, 100.5);
    }
    List<Row> training = rows(TRAINING, 0);
    planting.finish("evaluate", evaluated(training), 3.5);
    if (!whole) {
      return;
    }
    planting.finish(
        "train-classifier",
        CanonicalJson.of(
            new ClassifierResult(
                "forest", 0.85, TRAINING, 20, "model", new Confusion(15, 5, 5, 15), List.of(0.1))),
        4);
    planting.finish("train-predictor", CanonicalJson.of(predictor(specification)), 12.5);
    List<Row> top = rows(TOP, 0.05);
    planting.finish("rank", CanonicalJson.of(ranking(top)), 8);
    planting.finish("evaluate-top", evaluated(top), 1.5);
    planting.complete(CanonicalJson.of(result(top)));
  }

  private List<Row> rows(int count, double better) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double accuracy = 0.8 + better + 0.001 * i;
      rows.add(
          new Row(
              NasBench201.SPACE.random(stream).canonical(),
              Digest.sha256("evaluation " + better + i),
              20_000_000 + 1_000_000L * i,
              300_000 + i,
              0,
              accuracy,
              accuracy,
              accuracy + 0.02));
    }
    return rows;
  }

  private String put(Object value) {
    return store
        .artifacts()
        .put(CanonicalJson.of(value).getBytes(StandardCharsets.UTF_8), "rows", Map.of());
  }

  private String evaluated(List<Row> rows) {
    return CanonicalJson.of(new EvaluateSampleResult(rows.size(), 0, put(rows), rows.getLast()));
  }

  private List<Prediction> predictions(int count) {
    return IntStream.range(0, count)
        .mapToObj(i ->
            new Prediction(
                NasBench201.SPACE.random(stream).canonical(),
                0.7 + 0.2 * stream.nextDouble(),
                0.7 + 0.2 * stream.nextDouble()))
        .toList();
  }

  private CellPredictorResult predictor(NeuralPredictorSpecification specification) {
    return new CellPredictorResult(
        "neural-predictor",
        0,
        List.of(new Point(specification.predictor(), 5, 0.655, 0.6, 0.71, 0.012)),
        new Fit("model", TRAINING, List.of(0.04, 0.02, 0.01)),
        null,
        predictions(TRAINING));
  }

  private RankResult ranking(List<Row> top) {
    List<Ranked> ranked = top.stream().map(row -> new Ranked(row.architecture(), 0.87)).toList();
    String architecture = top.getLast().architecture();
    return new RankResult(
        TOP,
        "list",
        put(new RankedCells(ranked, predictions(100))),
        4_700,
        4_705,
        new Judged(9_405, 0.688, 0.0171),
        new Confusion(4_000, 700, 300, 4_405),
        List.of(
            new Filtered(
                "none", 9_405, new Judged(9_405, 0.688, 0.0171), architecture, 0.85, 0.87, 0.01),
            new Filtered(
                "classifier",
                4_700,
                new Judged(4_700, 0.5, 0.01),
                architecture,
                0.857,
                0.877,
                0.003),
            new Filtered(
                "true-accuracy",
                4_300,
                new Judged(4_300, 0.6, 0.009),
                architecture,
                0.857,
                0.877,
                0.003)));
  }

  private static NeuralPredictorResult result(List<Row> top) {
    Row best = top.getLast();
    return new NeuralPredictorResult(
        best.architecture(),
        best.parameters(),
        best.macs(),
        TOP,
        0.87,
        TRAINING + TOP,
        0,
        0.857,
        new Accuracy(0.857, 0.877),
        0.839,
        "forest",
        0.655,
        List.of(new Step(1, 0.8, 0.82), new Step(40, 0.839, 0.859), new Step(48, 0.857, 0.877)),
        new Regret(0.86, 0.003, 0.9, 0.023),
        null);
  }
}
