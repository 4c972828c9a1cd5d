package dev.espalier.api.launch;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.method.Specification;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentOrigin;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Recorded;
import dev.espalier.store.Store;
import dev.espalier.store.WorkerDocument;
import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.StagePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks a specification, writes the experiment's document, then starts its workflow. */
public final class Launcher implements Launching {
  private static final Logger log = LoggerFactory.getLogger(Launcher.class);
  private static final Duration ALIVE = Duration.ofSeconds(30);

  private final Store store;
  private final ExperimentClient client;
  private final Tenure tenure;
  private final String version;
  private final boolean commands;

  /**
   * @param commands whether training programs of people's own may be launched
   */
  public Launcher(
      Store store, ExperimentClient client, Tenure tenure, String version, boolean commands) {
    this.commands = commands;
    this.store = store;
    this.client = client;
    this.tenure = tenure;
    this.version = version;
  }

  @Override
  public Resolved resolve(LaunchWish wish) {
    Pinning pinning = new Pinning(store, commands);
    return checked(pinning.pinned(read(wish)), pinning);
  }

  @Override
  public ExperimentDocument launch(LaunchWish wish) {
    Pinning pinning = new Pinning(store, commands);
    Specification specification = pinning.pinned(read(wish));
    LaunchId launchId = new LaunchId(specification.method(), wish.key());
    Optional<ExperimentDocument> launched = launchId.launched(store, specification, wish);
    if (launched.isPresent()) {
      return launched.get();
    }
    Resolved resolved = checked(specification, pinning);
    while (true) {
      ExperimentDocument experiment = document(launchId.next(), resolved, wish);
      if (store.experiments().insert(experiment) == Recorded.NEW) {
        start(experiment, specification);
        return experiment;
      }
      launched = launchId.launched(store, specification, wish); // just now, by another call
      if (launched.isPresent()) {
        return launched.get();
      }
    }
  }

  /** The specification with what it goes with; all problems at once. */
  private Resolved checked(Specification specification, Pinning pinning) {
    Optional<DatasetDocument> data =
        new LaunchChecks(store, pinning.problems()).checkedData(specification);
    return new Resolved(
        specification,
        data.map(DatasetDocument::digest).orElse(""),
        numericClass(specification.device()));
  }

  private ExperimentDocument document(String id, Resolved resolved, LaunchWish wish) {
    Map<String, StagePlan> plans = Plans.byName(resolved.specification());
    List<ExperimentStage> stages =
        plans.entrySet().stream()
            .map(named ->
                new ExperimentStage(
                    named.getKey(), named.getValue().kind(), "", StageState.PENDING, null))
            .toList();
    @Nullable ExperimentOrigin origin = wish.origin();
    return new ExperimentDocument(
        id,
        resolved.specification().canonical(),
        ExperimentState.QUEUED,
        ExperimentState.RUNNING,
        null,
        resolved.numericClass(),
        resolved.dataDigest().isEmpty() ? null : resolved.dataDigest(),
        null,
        null,
        wish.fresh() ? id : "",
        Instant.now(),
        null,
        null,
        stages,
        wish.launchedBy(),
        version,
        0,
        origin == null ? null : origin.saltedBy(id, plans.keySet()));
  }

  /**
   * A server that is away for the moment does not matter: the document is written, and {@link
   * Reconciler} starts it.
   */
  private void start(ExperimentDocument experiment, Specification specification) {
    store
        .events()
        .append(
            experiment.id(),
            "launched",
            "launched",
            "Launched by " + experiment.launchedBy(),
            "api");
    @Nullable ExperimentOrigin origin = experiment.origin();
    if (origin != null) {
      store.events().append(experiment.id(), "origin", "origin", origin.inWords(), "api");
    }
    MadeFirst.inWords(specification)
        .ifPresent(words -> store.events().append(experiment.id(), "first", "first", words, "api"));
    store.archiving().begin(experiment.id());
    if (!tenure.isHeld()) {
      return;
    }
    try {
      client.start(Inputs.of(experiment, store));
    } catch (Lost e) {
      log.warn(
          "{} is launched and will start when Temporal's server is back: {}",
          experiment.id(),
          e.getMessage());
    }
  }

  /** All problems at once, an unknown data set among them. */
  private Specification read(LaunchWish wish) {
    String specification = wish.specification();
    Map<String, String> all =
        wish.origin() == null ? withImpliedTable(specification, wish.sets()) : wish.sets();
    try {
      return new MadeFirst(store).specification(specification, all);
    } catch (InvalidInput e) {
      throw KnownData.withData(e, store, specification, all);
    }
  }

  /** What was set, and the imported table that the method means where none is named. */
  private Map<String, String> withImpliedTable(String specification, Map<String, String> sets) {
    Map<String, String> formats = new TreeMap<>();
    for (DatasetDocument dataset : store.datasets().list()) {
      if (dataset.kind().equals(DatasetDocument.TABLE)) {
        formats.put(dataset.name(), dataset.format());
      }
    }
    Map<String, String> all = new LinkedHashMap<>(sets);
    SpecificationReader.impliedTable(specification, sets, formats)
        .ifPresent(table -> all.put("evaluation.table", table));
    return all;
  }

  /** The arithmetic that the results will belong to: fixed here, whoever computes them. */
  private String numericClass(String device) {
    List<WorkerDocument> alive = store.workers().seenWithin(ALIVE);
    Optional<String> gpu = classOn(alive, "gpu");
    if (device.equals("gpu") && gpu.isEmpty()) {
      throw new InvalidInput(
          "budget.device is gpu, but no GPU worker is alive. Start one with: "
              + "espalier worker --queue gpu --device cuda:0; or use budget.device=cpu");
    }
    return device.equals("cpu") ? cpu(alive) : gpu.orElseGet(() -> cpu(alive));
  }

  private static String cpu(List<WorkerDocument> alive) {
    return classOn(alive, "cpu").orElse(NumericClasses.CPU);
  }

  private static Optional<String> classOn(List<WorkerDocument> alive, String queue) {
    return alive.stream()
        .filter(worker -> worker.queue().equals(queue))
        .map(WorkerDocument::numericClass)
        .findFirst();
  }
}
