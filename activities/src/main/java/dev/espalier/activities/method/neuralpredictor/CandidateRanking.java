package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.activities.data.ArchitectureTables;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.predictor.Columns;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.space.Architecture;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.neuralpredictor.RankActivities;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.method.neuralpredictor.RankedCells;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Predicts candidates shard by shard; each shard is recorded once. */
final class CandidateRanking implements RankActivities {
  /** Candidates that are predicted before it is asked whether to stop. */
  private static final int STEP = 2_000;

  private final Store store;
  private final EspalierMetrics metrics;
  private final Torch torch;
  private final Results results;
  private final Lists lists;
  private final ArchitectureTables tables;

  CandidateRanking(Equipment equipment) {
    this.store = equipment.store();
    this.metrics = equipment.metrics();
    this.torch = equipment.torch();
    this.results = new Results(store, equipment.units());
    this.lists = new Lists(store);
    this.tables = new ArchitectureTables(store);
  }

  @Override
  public RankedShard shard(RankShard request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    String name = "shard-" + request.shard();
    UnitName unit =
        new UnitName(
            request.ref(),
            request.ref().stageKey() + "/" + name,
            "Ranking candidates %,d to %,d"
                .formatted(request.from() + 1, request.from() + request.count()));
    return results.once(
        unit,
        new Task<>(request, RankedShard.class, specification.failure().attemptsWithoutProgress()),
        name,
        attempt -> ranked(request, specification, attempt),
        () -> {
          store.stages().advance(request.ref().stageKey(), 0, request.count());
          metrics.candidates(request.ref().stage(), request.count());
        });
  }

  private RankedShard ranked(
      RankShard request, NeuralPredictorSpecification specification, Attempt attempt) {
    List<Architecture> architectures =
        candidates(specification, request.ranking())
            .subList(request.from(), request.from() + request.count())
            .stream()
            .map(specification.searchSpace()::parse)
            .toList();
    List<double[]> byModel = new ArrayList<>();
    for (Fitted model : models(specification, request.ranking())) {
      byModel.add(predicted(specification, model, architectures, attempt));
    }
    String sha =
        store
            .artifacts()
            .put(
                new ShardPredictions(byModel).encode(),
                "predictions",
                Map.of("shard", Integer.toString(request.shard())));
    return new RankedShard(request.shard(), sha);
  }

  private List<String> candidates(NeuralPredictorSpecification specification, Ranking ranking) {
    return Candidates.of(specification, ranking.listed(), ranking.tableDigest(), lists, tables);
  }

  /**
   * @param model SHA-256 of a predictor
   * @param columns that it reads
   */
  private record Fitted(String model, Columns columns) {}

  /** The one that ranks, the one fitted to all where that is another, and the classifier. */
  private List<Fitted> models(NeuralPredictorSpecification specification, Ranking ranking) {
    CellColumns known = CellColumns.read(store, ranking.columns());
    Columns ofPredictor = known.readBy(specification.predictor().kind());
    List<Fitted> models = new ArrayList<>(List.of(new Fitted(ranking.model(), ofPredictor)));
    Optional.ofNullable(ranking.other())
        .ifPresent(model -> models.add(new Fitted(model, ofPredictor)));
    Optional.ofNullable(ranking.classifier())
        .ifPresent(model ->
            models.add(new Fitted(model, known.readBy(specification.classifier().kind()))));
    return models;
  }

  private double[] predicted(
      NeuralPredictorSpecification specification,
      Fitted fitted,
      List<Architecture> architectures,
      Attempt attempt) {
    double[] predictions = new double[architectures.size()];
    byte[] saved = store.artifacts().get(fitted.model());
    try (Predictor predictor =
        Predictors.load(torch, specification.searchSpace(), saved, fitted.columns())) {
      for (int from = 0; from < predictions.length; from += STEP) {
        attempt.orStop();
        int to = Math.min(predictions.length, from + STEP);
        double[] some = predictor.predict(architectures.subList(from, to));
        System.arraycopy(some, 0, predictions, from, some.length);
      }
    }
    return predictions;
  }

  @Override
  public RankResult merge(MergeRanks request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(), request.ref().stageKey() + "/merge", "Putting the ranking together");
    return results.once(
        unit,
        new Task<>(request, RankResult.class, specification.failure().attemptsWithoutProgress()),
        "merged",
        attempt -> merged(request, specification));
  }

  private RankResult merged(MergeRanks request, NeuralPredictorSpecification specification) {
    RankedCandidates candidates = candidates(request, specification);
    List<Integer> top = candidates.top();
    RankedCells cells = new RankedCells(candidates.shown(top), candidates.someJudged());
    return new RankResult(
        top.size(),
        lists.put("architectures", top.stream().map(candidates::architecture).toList()),
        store
            .artifacts()
            .put(
                CanonicalJson.of(cells).getBytes(StandardCharsets.UTF_8), "ranked-cells", Map.of()),
        candidates.ranked(),
        candidates.rejected(),
        candidates.judgement(),
        candidates.confusion(),
        specification.compares() ? candidates.comparison() : List.of());
  }

  private RankedCandidates candidates(
      MergeRanks request, NeuralPredictorSpecification specification) {
    Ranking ranking = request.ranking();
    List<double[]> byModel =
        ShardPredictions.joined(
                request.shards().stream()
                    .map(shard -> store.artifacts().get(shard.rows()))
                    .map(ShardPredictions::decode)
                    .toList())
            .byModel();
    double[] predicted = byModel.getFirst();
    return new RankedCandidates(
        specification,
        List.copyOf(candidates(specification, ranking)),
        new HashSet<>(lists.architectures(request.training())),
        ranking.tableDigest().isEmpty()
            ? null
            : tables.find(specification.table(), ranking.tableDigest(), null),
        ranking.threshold(),
        predicted,
        ranking.other() == null ? predicted : byModel.get(1),
        ranking.classifier() == null ? null : byModel.getLast());
  }

  private static NeuralPredictorSpecification specification(String json) {
    return Json.read(json, NeuralPredictorSpecification.class);
  }
}
