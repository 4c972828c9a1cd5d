package dev.espalier.api.launch;

import dev.espalier.search.failure.Lost;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.ExperimentState;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Retry;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.client.ExperimentClient.Presence;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the store and Temporal together again, every few seconds: starts what was launched and
 * never started, starts anew what a lost Temporal database no longer knows, and repeats what people
 * want of a workflow that has not done it.
 */
public final class Reconciler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration PERIOD = Duration.ofSeconds(2);

  private final Store store;
  private final ExperimentClient client;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("reconciler").factory());
  private final Map<String, Integer> retriesTold = new HashMap<>();

  /** Experiments whose histories have yet to be archived once they are over. */
  private final Set<String> ending = new HashSet<>();

  private final Histories histories;
  private final Stuck stuck;
  private final Tenure tenure;
  private final Consumer<String> refused;
  private final Endings endings;
  private boolean lostBefore;

  /**
   * @param tenure nothing is done without it
   * @param endings told of experiments that have ended meanwhile
   * @param refused told, in words, when another Temporal runs the experiments
   */
  public Reconciler(
      Store store,
      ExperimentClient client,
      Tenure tenure,
      Endings endings,
      Consumer<String> refused) {
    this.tenure = tenure;
    this.refused = refused;
    this.endings = endings;
    this.store = store;
    this.client = client;
    this.histories = new Histories(store, client);
    this.stuck = new Stuck(store, client);
  }

  /** Begins to reconcile, in a thread of its own. */
  public void start() {
    var _ = thread.scheduleWithFixedDelay(this::pass, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void pass() {
    try {
      if (renewed()) {
        reconcile();
      }
      lostBefore = false;
    } catch (Lost e) {
      if (!lostBefore) {
        log.warn("{}", e.getMessage());
        lostBefore = true;
      }
    } catch (RuntimeException e) {
      log.error("Could not reconcile the store with Temporal; the next pass tries again", e);
    }
  }

  private boolean renewed() {
    try {
      return tenure.renew();
    } catch (Refused e) {
      refused.accept(e.getMessage());
      return false;
    }
  }

  /**
   * One pass over all experiments that are not over, and those that have ended since the last one.
   */
  void reconcile() {
    Set<String> unfinished = new HashSet<>();
    for (ExperimentSummary each : store.experiments().unfinished()) {
      unfinished.add(each.id());
      reconcile(each.id());
    }
    ending.addAll(unfinished);
    for (String id : Set.copyOf(ending)) {
      if (!unfinished.contains(id) && histories.archive(id)) {
        ending.remove(id);
        tellEnded(id);
      }
    }
  }

  /** Once: what goes wrong there can be done later by whoever asks for it. */
  private void tellEnded(String id) {
    try {
      endings.ended(id);
    } catch (RuntimeException e) {
      log.warn("{} has ended, but not all of its files could be written", id, e);
    }
  }

  private void reconcile(String id) {
    Presence presence = client.presence(id);
    Optional<ExperimentDocument>
        now = // read after asking: a workflow that has closed has written its end before
        store
                .experiments()
                .find(id)
                .filter(experiment -> !ExperimentState.isOver(experiment.state()));
    if (now.isEmpty()) {
      return;
    }
    ExperimentDocument experiment = now.get();
    switch (presence) {
      case RUNNING -> tell(experiment);
      case ABSENT -> startAbsent(experiment);
      case CLOSED -> closed(experiment);
    }
  }

  private void tell(ExperimentDocument experiment) {
    stuck.look(experiment);
    String id = experiment.id();
    boolean paused = experiment.state().equals(ExperimentState.PAUSED);
    switch (experiment.desired()) {
      case ExperimentState.CANCELLED -> client.cancel(id);
      case ExperimentState.PAUSED -> {
        if (!paused && !experiment.state().equals(ExperimentState.NEEDS_ATTENTION)) {
          client.pause(id);
        }
      }
      default -> {
        if (paused) {
          client.resume(id);
        }
      }
    }
    if (experiment.retries() > retriesTold.getOrDefault(id, 0)) {
      client.retry(id, experiment.retries());
      retriesTold.put(id, experiment.retries());
    }
  }

  private void startAbsent(ExperimentDocument experiment) {
    boolean continued = endNameless(experiment);
    if (experiment.desired().equals(ExperimentState.CANCELLED)) {
      store
          .experiments()
          .updateState(experiment.id(), ExperimentState.CANCELLED, "cancelled by a person");
      return;
    }
    if (!continued && !experiment.state().equals(ExperimentState.QUEUED)) {
      store
          .events()
          .append(
              experiment.id(),
              "restarted/" + System.currentTimeMillis(),
              "recovered",
              "Temporal no longer knew this experiment: it is started again and takes up what is recorded",
              "api");
      log.warn("{} is unknown to Temporal: started again", experiment.id());
    }
    client.start(Inputs.of(experiment, store));
  }

  /** Whether it ran under the name that it had when stores had none: that run is ended. */
  private boolean endNameless(ExperimentDocument experiment) {
    boolean ended =
        client.endNameless(
            experiment.id(),
            experiment.stages().stream().map(ExperimentStage::name).toList(),
            input ->
                input.specification().equals(experiment.specification())
                    && input.salt().equals(experiment.salt()),
            found -> histories.keep(experiment.id(), found));
    if (ended) {
      store
          .events()
          .append(
              experiment.id(),
              "renamed",
              "recovered",
              "Began with an older version of Espalier: it goes on from what is recorded",
              "api");
      log.info("{} began with an older version: it goes on from what is recorded", experiment.id());
    }
    return ended;
  }

  /**
   * Its workflow has ended, the experiment has not: someone ended it by Temporal's own means, or it
   * is a defect.
   */
  private void closed(ExperimentDocument experiment) {
    if (experiment.desired().equals(ExperimentState.CANCELLED)) {
      store
          .experiments()
          .updateState(experiment.id(), ExperimentState.CANCELLED, "cancelled by a person");
      return;
    }
    Retry retry = store.experiments().latestRetry(experiment.id());
    if (retry.number() > retriesTold.getOrDefault(experiment.id(), 0)
        && experiment.state().equals(ExperimentState.NEEDS_ATTENTION)) {
      retriesTold.put(experiment.id(), retry.number());
      client.start(Inputs.of(experiment, store));
      return;
    }
    if (!experiment.state().equals(ExperimentState.NEEDS_ATTENTION)) {
      store
          .experiments()
          .updateState(
              experiment.id(),
              ExperimentState.NEEDS_ATTENTION,
              "its workflow was ended outside of Espalier. To start it again: espalier retry "
                  + experiment.id());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
