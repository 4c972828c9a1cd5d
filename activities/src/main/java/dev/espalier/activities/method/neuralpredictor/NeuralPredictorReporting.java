package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.activities.data.ArchitectureTables;
import dev.espalier.activities.evaluation.TrainedWeights;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.report.Reporting;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorReportActivities;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.method.neuralpredictor.RankedCells;
import dev.espalier.workflows.method.neuralpredictor.RankedCells.Ranked;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums Neural Predictor up: the best of all evaluations, and how they came to it. */
final class NeuralPredictorReporting implements NeuralPredictorReportActivities {
  private final Store store;
  private final Reporting reporting;
  private final Lists lists;
  private final ArchitectureTables tables;

  NeuralPredictorReporting(Equipment equipment) {
    this.store = equipment.store();
    this.reporting = new Reporting(equipment);
    this.lists = new Lists(store);
    this.tables = new ArchitectureTables(store);
  }

  @Override
  public NeuralPredictorResult report(NeuralPredictorReportRequest request) {
    NeuralPredictorSpecification specification =
        Json.read(request.specification(), NeuralPredictorSpecification.class);
    return reporting.run(
        new Reporting.Stage(request.ref(), specification, request),
        NeuralPredictorResult.class,
        attempt -> result(specification, request),
        NeuralPredictorResult::accuracy);
  }

  private NeuralPredictorResult result(
      NeuralPredictorSpecification specification, NeuralPredictorReportRequest request) {
    EvaluateSampleResult evaluated = read(request.evaluated(), EvaluateSampleResult.class);
    EvaluateSampleResult top = read(request.top(), EvaluateSampleResult.class);
    CellPredictorResult predictor = read(request.predictor(), CellPredictorResult.class);
    RankResult ranked = read(request.ranked(), RankResult.class);
    ArchitectureTable table =
        request.tableDigest().isEmpty()
            ? null
            : tables.find(specification.table(), request.tableDigest(), null);
    Evaluations evaluations = new Evaluations(lists.rows(evaluated.rows()), lists.rows(top.rows()));
    Row best = evaluations.best();
    int rank = evaluations.rankOf(best);
    return new NeuralPredictorResult(
        best.architecture(),
        best.parameters(),
        best.macs(),
        rank == 0 ? null : Integer.valueOf(rank),
        predicted(ranked, best.architecture()),
        evaluated.count() + top.count(),
        evaluated.failed() + top.failed(),
        Evaluations.validation(best),
        Evaluations.accuracy(best),
        evaluations.bestOfTraining(),
        predictor.kind(),
        predictor.best().tau(),
        evaluations.steps(),
        table == null ? null : Evaluations.regret(best, table),
        TrainedWeights.of(store, best.evaluationId(), request.salt()));
  }

  private <T> T read(String handedOn, Class<T> type) {
    return Json.read(reporting.whole(handedOn), type);
  }

  private @Nullable Double predicted(RankResult ranked, String architecture) {
    String json = new String(store.artifacts().get(ranked.rows()), StandardCharsets.UTF_8);
    List<Ranked> top = Json.read(json, RankedCells.class).top();
    return top.stream()
        .filter(each -> each.architecture().equals(architecture))
        .map(Ranked::predicted)
        .findFirst()
        .orElse(null);
  }
}
