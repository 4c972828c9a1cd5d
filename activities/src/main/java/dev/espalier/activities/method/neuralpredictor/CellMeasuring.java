package dev.espalier.activities.method.neuralpredictor;

import dev.espalier.activities.data.ArchitectureTables;
import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.Criterion;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.IndicatorValues;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.InputIndicators;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities;
import dev.espalier.workflows.method.neuralpredictor.IndicatorColumns;
import dev.espalier.workflows.method.neuralpredictor.SplitResult;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Measures indicators of cells; each shard is recorded once. */
final class CellMeasuring implements CellIndicatorActivities {
  private final Store store;
  private final EspalierMetrics metrics;
  private final Torch torch;
  private final LoadedDatasets datasets;
  private final Results results;
  private final Lists lists;
  private final ArchitectureTables tables;

  CellMeasuring(Equipment equipment) {
    this.store = equipment.store();
    this.metrics = equipment.metrics();
    this.torch = equipment.torch();
    this.datasets = equipment.datasets();
    this.results = new Results(store, equipment.units());
    this.lists = new Lists(store);
    this.tables = new ArchitectureTables(store);
  }

  @Override
  public ListedCells list(ListCells request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(), request.ref().stageKey() + "/measured", "Listing whom to measure");
    return results.once(
        unit,
        new Task<>(request, ListedCells.class, specification.failure().attemptsWithoutProgress()),
        "measured",
        attempt -> {
          Collection<String> listed =
              classes(specification, request.split(), request.tableDigest()).values();
          return new ListedCells(lists.put("architectures", List.copyOf(listed)), listed.size());
        });
  }

  /** By what they compute, in its order, the first of the architectures that do. */
  private Map<String, String> classes(
      NeuralPredictorSpecification specification, SplitResult split, String tableDigest) {
    SearchSpace space = specification.searchSpace();
    Map<String, String> classes = new TreeMap<>();
    for (String each : all(specification, split, tableDigest)) {
      classes.putIfAbsent(space.isomorphismClass(space.parse(each)), each);
    }
    return classes;
  }

  /** Who is learned from or ranked, in the order of their strings. */
  private Collection<String> all(
      NeuralPredictorSpecification specification, SplitResult split, String tableDigest) {
    Collection<String> all =
        new TreeSet<>(Candidates.of(specification, split.rows(), tableDigest, lists, tables));
    all.addAll(lists.architectures(split.architectures()));
    return all;
  }

  @Override
  public MeasuredShard measure(MeasureCells request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    String name = "measured-" + request.shard();
    UnitName unit =
        new UnitName(
            request.ref(),
            request.ref().stageKey() + "/" + name,
            "Measuring architectures %,d to %,d"
                .formatted(request.from() + 1, request.from() + request.count()));
    return results.once(
        unit,
        new Task<>(request, MeasuredShard.class, specification.failure().attemptsWithoutProgress()),
        name,
        attempt -> measured(request, specification, attempt),
        () -> {
          store.stages().advance(request.ref().stageKey(), 0, request.count());
          metrics.candidates(request.ref().stage(), request.count());
        });
  }

  private MeasuredShard measured(
      MeasureCells request, NeuralPredictorSpecification specification, Attempt attempt) {
    long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    SearchSpace space = specification.searchSpace();
    List<Architecture> architectures =
        lists
            .architectures(request.architectures())
            .subList(request.from(), request.from() + request.count())
            .stream()
            .<Architecture>map(space::parse)
            .toList();
    List<Indicator> wanted = indicators(specification);
    Map<Indicator, List<List<@Nullable Double>>> values;
    try (ArchitectureIndicators indicators =
        indicators(specification, images(specification, request.dataDigest()))) {
      values =
          IndicatorValues.of(
              indicators, architectures, wanted, List.of(specification.seed()), attempt::orStop);
    }
    List<List<@Nullable Double>> rows = new ArrayList<>();
    for (int i = 0; i < architectures.size(); i++) {
      List<@Nullable Double> row = new ArrayList<>();
      for (Indicator each : wanted) {
        row.add(Objects.requireNonNull(values.get(each)).get(i).getFirst());
      }
      rows.add(row);
    }
    MeasuredShard shard = new MeasuredShard(request.shard(), kept(new ShardValues(rows)));
    // Not part of what it is: another attempt takes another time.
    double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e9;
    store
        .measurements()
        .append(
            request.ref().stageKey(), 0, IndicatorColumns.CPU_SECONDS, request.shard(), seconds);
    return shard;
  }

  private ArchitectureIndicators indicators(
      NeuralPredictorSpecification specification, IndicatorImages images) {
    InputIndicators settings = settings(specification);
    return NetworksBySpace.measured(specification.searchSpace())
        .indicators(
            torch,
            images,
            settings.settings(),
            new ScoringSettings(
                settings.channels(), settings.cells(), settings.batch(), settings.imageSize()));
  }

  private IndicatorImages images(NeuralPredictorSpecification specification, String dataDigest) {
    IndicatorSettings settings = settings(specification).settings();
    return dataDigest.isEmpty()
        ? IndicatorImages.noise(
            specification.classesWithoutImages(), settings.ntk(), settings.regions())
        : IndicatorImages.of(datasets.load(dataDigest), settings.ntk(), settings.regions());
  }

  /**
   * By architecture, the value of each indicator.
   *
   * @param rows null where a value is not a number
   */
  private record ShardValues(List<List<@Nullable Double>> rows) {}

  private String kept(ShardValues values) {
    return store
        .artifacts()
        .put(CanonicalJson.of(values).getBytes(StandardCharsets.UTF_8), "indicators", Map.of());
  }

  @Override
  public IndicatorColumns join(JoinIndicators request) {
    NeuralPredictorSpecification specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(), request.ref().stageKey() + "/joined", "Putting the indicators together");
    return results.once(
        unit,
        new Task<>(
            request, IndicatorColumns.class, specification.failure().attemptsWithoutProgress()),
        "joined",
        attempt -> joined(request, specification));
  }

  private IndicatorColumns joined(
      JoinIndicators request, NeuralPredictorSpecification specification) {
    List<List<@Nullable Double>> rows =
        request.shards().stream()
            .map(MeasuredShard::values)
            .map(sha -> new String(store.artifacts().get(sha), StandardCharsets.UTF_8))
            .flatMap(json -> Json.read(json, ShardValues.class).rows().stream())
            .toList();
    List<Indicator> wanted = indicators(specification);
    List<double[]> standings = new ArrayList<>(); // by indicator, [measured]
    for (int i = 0; i < wanted.size(); i++) {
      List<@Nullable Double> values = new ArrayList<>();
      for (List<@Nullable Double> row : rows) {
        values.add(row.get(i));
      }
      standings.add(IndicatorValues.standings(wanted.get(i), values));
    }
    Map<String, List<Double>> byMeasured = new HashMap<>();
    List<String> measured = lists.architectures(request.architectures());
    for (int i = 0; i < measured.size(); i++) {
      int row = i;
      byMeasured.put(
          measured.get(i), standings.stream().map(ofIndicator -> ofIndicator[row]).toList());
    }
    CellColumns columns =
        new CellColumns(
            wanted.stream().map(Criterion::label).toList(),
            ofAll(specification, request, byMeasured));
    return new IndicatorColumns(columns.names(), measured.size(), columns.keep(store));
  }

  /** Architectures that compute the same stand where the measured one of them does. */
  private Map<String, List<Double>> ofAll(
      NeuralPredictorSpecification specification,
      JoinIndicators request,
      Map<String, List<Double>> byMeasured) {
    SearchSpace space = specification.searchSpace();
    Map<String, String> classes = classes(specification, request.split(), request.tableDigest());
    Map<String, List<Double>> all = new HashMap<>();
    for (String each : all(specification, request.split(), request.tableDigest())) {
      String measured = classes.get(space.isomorphismClass(space.parse(each)));
      all.put(each, Objects.requireNonNull(byMeasured.get(measured), each));
    }
    return all;
  }

  private static List<Indicator> indicators(NeuralPredictorSpecification specification) {
    return settings(specification).names().stream().map(Indicator::labelled).toList();
  }

  private static InputIndicators settings(NeuralPredictorSpecification specification) {
    return Objects.requireNonNull(specification.indicators(), "no indicators were asked for");
  }

  private static NeuralPredictorSpecification specification(String json) {
    return Json.read(json, NeuralPredictorSpecification.class);
  }
}
