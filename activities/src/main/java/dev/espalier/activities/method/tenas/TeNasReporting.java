package dev.espalier.activities.method.tenas;

import dev.espalier.activities.data.ImportFormat;
import dev.espalier.activities.data.TableDocuments;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.report.Reporting;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.IndicatorMeasurement;
import dev.espalier.learning.indicator.Indicators;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.PrunableSpace;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.TabularSpace;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.store.DatasetDocument;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.method.tenas.PruneResult;
import dev.espalier.workflows.method.tenas.TeNasReportActivities;
import dev.espalier.workflows.method.tenas.TeNasResult;
import dev.espalier.workflows.method.tenas.TeNasResult.Indicator;
import dev.espalier.workflows.method.tenas.TeNasResult.Trained;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums TE-NAS up: the cell that was found, what it costs and scores, and how it compares. */
final class TeNasReporting implements TeNasReportActivities {
  private final Equipment equipment;
  private final Reporting reporting;

  TeNasReporting(Equipment equipment) {
    this.equipment = equipment;
    this.reporting = new Reporting(equipment);
  }

  @Override
  public TeNasResult report(ReportRequest request) {
    TeNasSpecification specification = Json.read(request.specification(), TeNasSpecification.class);
    return reporting.run(
        new Reporting.Stage(request.ref(), specification, request),
        TeNasResult.class,
        attempt -> compute(request, specification, attempt),
        TeNasResult::accuracy);
  }

  private TeNasResult compute(
      ReportRequest request, TeNasSpecification specification, Attempt attempt) {
    PruneResult pruned = Json.read(reporting.whole(request.pruned()), PruneResult.class);
    PrunableSpace space = specification.prunable();
    Architecture found = space.parse(pruned.architecture());
    EvaluateResult evaluated =
        Json.read(reporting.whole(request.evaluated()), EvaluateResult.class);
    ImageDataset data = equipment.datasets().load(request.dataDigest());
    Cost cost = space.standardCost(found, data.classes());
    List<Trained> random =
        evaluated.evaluations().stream()
            .filter(each -> each.role().equals(EvaluateResult.RANDOM))
            .map(each -> new Trained(each.architecture(), Accuracy.of(each)))
            .toList();
    double[] randomTest =
        random.stream()
            .map(Trained::accuracy)
            .filter(Objects::nonNull)
            .mapToDouble(Accuracy::test)
            .toArray();
    return new TeNasResult(
        found.canonical(),
        cost.parameters(),
        cost.macs(),
        indicators(found, specification, data, pruned.rounds().size(), attempt),
        Accuracy.of(evaluated.evaluations().getFirst()),
        random,
        randomTest.length == 0 ? null : Statistics.mean(randomTest),
        randomTest.length < 2 ? null : Statistics.standardDeviation(randomTest),
        table(found, specification.evaluation().table(), request.tableDigest()));
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
    List<IndicatorMeasurement> measured = new ArrayList<>();
    Supernet left = specification.prunable().mask(found);
    try (Indicators indicators =
        NetworksBySpace.supernets(specification.prunable())
            .supernetIndicators(
                equipment.torch(),
                data,
                specification.search().indicators(),
                specification.seed())) {
      for (int repeat = 0; repeat < specification.search().repeats(); repeat++) {
        attempt.orStop();
        measured.add(
            indicators.measure(new MeasurementRequest(round, repeat, -1, left, true, true)));
      }
    }
    return Map.of(
        "ntk",
        indicator(measured, IndicatorMeasurement::condition),
        "regions",
        indicator(measured, IndicatorMeasurement::regions));
  }

  private static Indicator indicator(
      List<IndicatorMeasurement> measured, Function<IndicatorMeasurement, @Nullable Double> value) {
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
    if (name.isEmpty()) {
      return Map.of();
    }
    TabularSpace space = ImportFormat.NAS_BENCH_201.space();
    DatasetDocument document =
        TableDocuments.find(equipment.store(), name, digest, ImportFormat.NAS_BENCH_201.label());
    AccuracyTable table =
        AccuracyTable.readCsv(
            space,
            name,
            new ByteArrayInputStream(equipment.store().artifacts().get(document.artifact())));
    Map<String, Double> accuracies = new TreeMap<>();
    for (String column : table.columns()) {
      table.accuracy(found, column).ifPresent(accuracy -> accuracies.put(column, accuracy));
    }
    return accuracies;
  }
}
