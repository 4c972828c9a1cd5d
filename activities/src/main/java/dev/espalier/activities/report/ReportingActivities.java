package dev.espalier.activities.report;

import dev.espalier.activities.data.ImportFormat;
import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.data.TableDocuments;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.activities.unit.UnitsOfWork;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.Indicators;
import dev.espalier.learning.indicator.Measurement;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.method.tenas.PruneResult;
import dev.espalier.workflows.report.EvolutionResult;
import dev.espalier.workflows.report.ReportActivities;
import dev.espalier.workflows.report.ReportResult;
import dev.espalier.workflows.report.ReportResult.Accuracy;
import dev.espalier.workflows.report.ReportResult.Indicator;
import dev.espalier.workflows.report.ReportResult.Trained;
import dev.espalier.workflows.report.TrainResult;
import dev.espalier.workflows.stage.HandedOn;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums up an experiment: what was found, what it costs, what it scores, how it compares. */
public final class ReportingActivities implements ReportActivities {
  private final Store store;
  private final UnitsOfWork units;
  private final EspalierMetrics metrics;
  private final Torch torch;
  private final LoadedDatasets datasets;

  public ReportingActivities(
      Store store,
      UnitsOfWork units,
      EspalierMetrics metrics,
      Torch torch,
      LoadedDatasets datasets) {
    this.store = store;
    this.units = units;
    this.metrics = metrics;
    this.torch = torch;
    this.datasets = datasets;
  }

  @Override
  public ReportResult report(ReportRequest request) {
    TeNasSpecification specification = Json.read(request.specification(), TeNasSpecification.class);
    UnitName unit = unit(request.experimentId(), request.stage(), request.stageKey());
    ReportResult result =
        units.attempt(
            unit,
            new Task<>(
                request, ReportResult.class, specification.failure().attemptsWithoutProgress()),
            attempt -> compute(request, specification, attempt));
    ended(request.experimentId(), specification, result.accuracy());
    return result;
  }

  @Override
  public EvolutionResult reportEvolution(EvolutionReportRequest request) {
    EvolutionSpecification specification =
        Json.read(request.specification(), EvolutionSpecification.class);
    UnitName unit = unit(request.experimentId(), request.stage(), request.stageKey());
    EvolutionResult result =
        units.attempt(
            unit,
            new Task<>(
                request, EvolutionResult.class, specification.failure().attemptsWithoutProgress()),
            attempt -> EvolutionSummary.of(whole(request)));
    ended(request.experimentId(), specification, result.accuracy());
    return result;
  }

  @Override
  public TrainResult reportTraining(TrainReportRequest request) {
    TrainSpecification specification = Json.read(request.specification(), TrainSpecification.class);
    UnitName unit = unit(request.experimentId(), request.stage(), request.stageKey());
    TrainResult result =
        units.attempt(
            unit,
            new Task<>(
                request, TrainResult.class, specification.failure().attemptsWithoutProgress()),
            attempt -> trained(request, specification));
    ended(request.experimentId(), specification, result.accuracy());
    return result;
  }

  private EvolutionReportRequest whole(EvolutionReportRequest request) {
    return new EvolutionReportRequest(
        request.experimentId(),
        request.stage(),
        request.stageKey(),
        request.specification(),
        whole(request.evaluate()),
        whole(request.trainPredictor()),
        whole(request.evolve()),
        whole(request.trainFinal()));
  }

  /** The result of an earlier stage, which the store has where it was handed on as a key. */
  private String whole(String handedOn) {
    return HandedOn.key(handedOn)
        .map(key ->
            store
                .stages()
                .find(key)
                .map(StageDocument::result)
                .orElseThrow(() -> new Lost("the store has no result under the stage key " + key)))
        .orElse(handedOn);
  }

  private static UnitName unit(String experimentId, String stage, String stageKey) {
    return new UnitName(experimentId, stage, stageKey, stageKey + "/report", "The report");
  }

  private TrainResult trained(TrainReportRequest request, TrainSpecification specification) {
    Evaluated evaluated =
        Json.read(whole(request.trained()), EvaluateResult.class).evaluations().getFirst();
    Cost cost = specification.cost(datasets.load(request.dataDigest()).classes());
    return new TrainResult(
        evaluated.architecture(),
        cost.parameters(),
        cost.macs(),
        specification.evaluation().epochs(),
        accuracy(evaluated),
        evaluated.trainLoss(),
        evaluated.weights());
  }

  private void ended(
      String experimentId, Specification specification, @Nullable Accuracy accuracy) {
    if (accuracy != null) {
      metrics.bestAccuracy(
          specification.method(), specification.space(), specification.data(), accuracy.test());
    }
    metrics.experimentEnded(experimentId);
  }

  private ReportResult compute(
      ReportRequest request, TeNasSpecification specification, Attempt attempt) {
    PruneResult pruned = Json.read(whole(request.pruned()), PruneResult.class);
    SearchSpace searched = SearchSpaces.named(specification.space());
    Architecture found = searched.parse(pruned.architecture());
    EvaluateResult evaluated = Json.read(whole(request.evaluated()), EvaluateResult.class);
    ImageDataset data = datasets.load(request.dataDigest());
    Cost cost = searched.standardCost(found, data.classes());
    List<Trained> random =
        evaluated.evaluations().stream()
            .filter(each -> each.role().equals(EvaluateResult.RANDOM))
            .map(each -> new Trained(each.architecture(), accuracy(each)))
            .toList();
    double[] randomTest =
        random.stream()
            .map(Trained::accuracy)
            .filter(Objects::nonNull)
            .mapToDouble(Accuracy::test)
            .toArray();
    return new ReportResult(
        found.canonical(),
        cost.parameters(),
        cost.macs(),
        indicators(found, specification, data, pruned.rounds().size(), attempt),
        accuracy(evaluated.evaluations().getFirst()),
        random,
        randomTest.length == 0 ? null : Statistics.mean(randomTest),
        randomTest.length < 2 ? null : Statistics.standardDeviation(randomTest),
        table(found, specification.evaluation().table(), request.tableDigest()));
  }

  private static @Nullable Accuracy accuracy(Evaluated evaluated) {
    Double validation = evaluated.validationAccuracy();
    Double test = evaluated.testAccuracy();
    return validation == null || test == null ? null : new Accuracy(validation, test);
  }

  /**
   * @param round after the search's own: so the cell is scored with weights and images that did not
   *     choose it
   */
  private Map<String, Indicator> indicators(
      Architecture found,
      TeNasSpecification specification,
      ImageDataset data,
      int round,
      Attempt attempt) {
    List<Measurement> measured = new ArrayList<>();
    try (Indicators indicators =
        NetworksBySpace.measured(specification.prunable())
            .supernetIndicators(
                torch, data, specification.search().indicators(), specification.seed())) {
      for (int repeat = 0; repeat < specification.search().repeats(); repeat++) {
        attempt.orStop();
        measured.add(
            indicators.measure(
                new MeasurementRequest(
                    round, repeat, -1, specification.prunable().mask(found), true, true)));
      }
    }
    return Map.of(
        "ntk",
        indicator(measured, Measurement::condition),
        "regions",
        indicator(measured, Measurement::regions));
  }

  private static Indicator indicator(
      List<Measurement> measured, Function<Measurement, @Nullable Double> value) {
    List<@Nullable Double> values = new ArrayList<>();
    measured.forEach(each -> values.add(value.apply(each)));
    double[] finite =
        values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray();
    return new Indicator(
        finite.length == 0 ? null : Statistics.mean(finite),
        finite.length < 2 ? null : Statistics.standardDeviation(finite),
        values);
  }

  private Map<String, Double> table(Architecture found, String name, @Nullable String digest) {
    if (name.isEmpty() || !(found instanceof Cell cell)) {
      return Map.of();
    }
    DatasetDocument document =
        TableDocuments.find(store, name, digest, ImportFormat.NAS_BENCH_201.label());
    AccuracyTable table =
        AccuracyTable.readCsv(
            name, new ByteArrayInputStream(store.artifacts().get(document.artifact())));
    Map<String, Double> accuracies = new TreeMap<>();
    for (String column : table.columns()) {
      table.accuracy(cell, column).ifPresent(accuracy -> accuracies.put(column, accuracy));
    }
    return accuracies;
  }
}
