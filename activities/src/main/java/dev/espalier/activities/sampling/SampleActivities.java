package dev.espalier.activities.sampling;

import dev.espalier.activities.data.ArchitectureTables;
import dev.espalier.activities.data.LoadedDatasets;
import dev.espalier.activities.evaluation.NetworkTrainingActivities;
import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.StoreBehind;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.SamplesArchitectures;
import dev.espalier.search.method.Specification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.Trainings;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import dev.espalier.workflows.sampling.SamplingActivities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Draws the sample, and puts its evaluations together. */
public final class SampleActivities implements SamplingActivities {
  private final Store store;
  private final Results results;
  private final LoadedDatasets datasets;
  private final String numericClass;
  private final Lists lists;
  private final ArchitectureTables tables;

  public SampleActivities(Equipment equipment) {
    this.store = equipment.store();
    this.results = new Results(store, equipment.units());
    this.datasets = equipment.datasets();
    this.numericClass = equipment.torch().numericClass();
    this.lists = new Lists(store);
    this.tables = new ArchitectureTables(store);
  }

  @Override
  public Sampled sample(SampleRequest request) {
    SamplesArchitectures specification = specification(request.specification());
    UnitName unit =
        new UnitName(request.ref(), request.ref().stageKey() + "/sample", "Drawing the sample");
    return results.once(
        unit,
        new Task<>(request, Sampled.class, specification.failure().attemptsWithoutProgress()),
        "sampled",
        attempt -> {
          List<String> architectures = drawn(specification, request);
          return new Sampled(architectures.size(), lists.put("architectures", architectures));
        });
  }

  private List<String> drawn(SamplesArchitectures specification, SampleRequest request) {
    int classes = classes(specification, request.dataDigest());
    return specification.table().isEmpty()
        ? specification.draw(classes)
        : tabulated(specification, request.tableDigest(), classes);
  }

  /** Architectures of the table that keep the limits, drawn without putting any back. */
  private List<String> tabulated(
      SamplesArchitectures specification, @Nullable String tableDigest, int classes) {
    SearchSpace space = specification.searchSpace();
    Predicate<String> isAffordable = specification.isAffordable(classes);
    List<String> affordable = new ArrayList<>();
    for (String text :
        tables.find(specification.table(), tableDigest, specification.policy()).architectures()) {
      String canonical = space.parse(text).canonical();
      if (!canonical.equals(text)) {
        throw new InvalidInput(
            "table %s: write \"%s\" as \"%s\", operations in the published order"
                .formatted(specification.table(), text, canonical));
      }
      if (isAffordable.test(canonical)) {
        affordable.add(canonical);
      }
    }
    int count = specification.architectures();
    if (affordable.size() < count) {
      throw new InvalidInput(
          "%s (%d) is more than table %s has within the budget (%d)"
              .formatted(
                  specification.sampleSetting(), count, specification.table(), affordable.size()));
    }
    int[] order =
        RandomStream.of(specification.seed(), "sample", "table").permutation(affordable.size());
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(affordable.get(order[i]));
    }
    return drawn;
  }

  /** Of the data, on which the number of parameters depends. */
  private int classes(SamplesArchitectures specification, String dataDigest) {
    return specification.needsImages()
        ? datasets.load(dataDigest).classes()
        : specification.classesWithoutImages();
  }

  @Override
  public List<String> page(PageRequest request) {
    List<String> all = lists.architectures(request.architectures());
    int to = Math.min(all.size(), request.from() + request.count());
    return List.copyOf(all.subList(request.from(), to));
  }

  @Override
  public Sampled promote(PromoteRequest request) {
    SamplesArchitectures specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(),
            "%s/promote/%d".formatted(request.ref().stageKey(), request.rung()),
            "Choosing who goes on after rung %d".formatted(request.rung() + 1));
    return results.once(
        unit,
        new Task<>(request, Sampled.class, specification.failure().attemptsWithoutProgress()),
        "promoted-" + request.rung(),
        attempt -> promoted(specification, request));
  }

  private Sampled promoted(SamplesArchitectures specification, PromoteRequest request) {
    Evaluated evaluated =
        new Evaluated(specification, request.dataDigest(), request.salt(), request.tableDigest());
    Map<String, Double> accuracies = new TreeMap<>();
    int missing = 0;
    for (String architecture : lists.architectures(request.architectures())) {
      accuracies.put(
          architecture,
          evaluated
              .at(architecture, request.rung())
              .map(SampleActivities::validation)
              .orElse(Double.NaN));
      missing += Double.isNaN(accuracies.get(architecture)) ? 1 : 0;
    }
    requireNoMoreMissing(missing, request.failed());
    List<String> survivors = specification.halving().survivors(request.rung(), accuracies);
    return new Sampled(survivors.size(), lists.put("architectures", survivors));
  }

  @Override
  public EvaluateSampleResult collect(CollectRequest request) {
    SamplesArchitectures specification = specification(request.specification());
    UnitName unit =
        new UnitName(
            request.ref(),
            request.ref().stageKey() + "/collect",
            "Putting the evaluations together");
    return results.once(
        unit,
        new Task<>(
            request, EvaluateSampleResult.class, specification.failure().attemptsWithoutProgress()),
        "collected",
        attempt -> collected(specification, request));
  }

  private EvaluateSampleResult collected(
      SamplesArchitectures specification, CollectRequest request) {
    int classes = classes(specification, request.dataDigest());
    Evaluated evaluated =
        new Evaluated(specification, request.dataDigest(), request.salt(), request.tableDigest());
    List<Set<String>> rungs = new ArrayList<>();
    for (String rung : request.rungs()) {
      rungs.add(new HashSet<>(lists.architectures(rung)));
    }
    requireNoMoreMissing(missing(evaluated, rungs), request.failed());
    List<Row> rows = new ArrayList<>();
    for (String architecture : lists.architectures(request.rungs().getFirst())) {
      int rung = rungs.size() - 1;
      while (!rungs.get(rung).contains(architecture)) {
        rung--;
      }
      rows.add(row(classes, specification, evaluated, architecture, rung));
    }
    if (rungs.size() > 1) {
      rungs.getFirst().forEach(evaluated::discardCheckpoints);
    }
    int failed = (int) rows.stream().filter(row -> row.validationAccuracy() == null).count();
    Row best = null;
    for (Row row : rows) {
      best = isBetter(row, best) ? row : best;
    }
    return new EvaluateSampleResult(
        rows.size() - failed, failed, lists.put("evaluations", rows), best);
  }

  private static int missing(Evaluated evaluated, List<Set<String>> rungs) {
    int missing = 0;
    for (int rung = 0; rung < rungs.size(); rung++) {
      int at = rung;
      missing +=
          Math.toIntExact(
              rungs.get(rung).stream()
                  .filter(architecture -> evaluated.at(architecture, at).isEmpty())
                  .count());
    }
    return missing;
  }

  /**
   * Trainings that failed have no evaluation; more without one than failed were lost by the store,
   * and must not count as failed.
   */
  private static void requireNoMoreMissing(int missing, @Nullable Integer failed) {
    if (failed != null && missing > failed) {
      throw new StoreBehind(
          "the store lacks %d evaluations of trainings that did not fail: they are made again"
              .formatted(missing - failed));
    }
  }

  /** A higher rung counts more than a higher accuracy after a shorter training. */
  private static boolean isBetter(Row row, @Nullable Row best) {
    Double accuracy = row.validationAccuracy();
    if (accuracy == null || best == null) {
      return accuracy != null;
    }
    double before = Objects.requireNonNull(best.validationAccuracy());
    return row.rung() > best.rung() || (row.rung() == best.rung() && accuracy > before);
  }

  private Row row(
      int classes,
      SamplesArchitectures specification,
      Evaluated evaluated,
      String architecture,
      int rung) {
    Cost cost = specification.cost(architecture, classes);
    Optional<EvaluationDocument> last = evaluated.at(architecture, rung);
    return new Row(
        architecture,
        evaluated.unsaltedId(architecture, rung),
        cost.macs(),
        cost.parameters(),
        rung,
        evaluated.at(architecture, 0).map(SampleActivities::validation).orElse(null),
        last.map(SampleActivities::validation).orElse(null),
        last.map(document -> document.metrics().get("testAccuracy")).orElse(null));
  }

  private static double validation(EvaluationDocument evaluation) {
    return Objects.requireNonNull(evaluation.metrics().get("validationAccuracy"));
  }

  private static SamplesArchitectures specification(String json) {
    return (SamplesArchitectures) Json.read(json, Specification.class);
  }

  /** The evaluations of a sample, under the ids by which they were asked for. */
  private final class Evaluated {
    private final SamplesArchitectures specification;
    private final String dataDigest;
    private final @Nullable String salt;
    private final @Nullable String tableDigest;

    Evaluated(
        SamplesArchitectures specification,
        String dataDigest,
        @Nullable String salt,
        @Nullable String tableDigest) {
      this.specification = specification;
      this.dataDigest = dataDigest;
      this.salt = salt;
      this.tableDigest = tableDigest;
    }

    Optional<EvaluationDocument> at(String architecture, int rung) {
      return store.evaluations().find(id(architecture, rung));
    }

    String unsaltedId(String architecture, int rung) {
      return Trainings.recordIdOfSample(
          specification, architecture, rung, dataDigest, numericClass, null, tableDigest);
    }

    /** What the rungs left to continue from, of those that did not go on. */
    void discardCheckpoints(String architecture) {
      for (int rung = 0; rung < specification.halving().rungs().size(); rung++) {
        store.units().discardCheckpoints(NetworkTrainingActivities.unitOf(id(architecture, rung)));
      }
    }

    private String id(String architecture, int rung) {
      return Trainings.recordIdOfSample(
          specification, architecture, rung, dataDigest, numericClass, salt, tableDigest);
    }
  }
}
