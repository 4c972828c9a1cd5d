package dev.espalier.api.launch;

import dev.espalier.search.failure.Lost;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.ExperimentClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the store and Temporal together again, every few seconds and whenever a person wants
 * something: each experiment by itself, so that one that cannot be read harms no other.
 */
public final class Reconciler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** So many experiments in a row that get no answer: nobody is there to ask. */
  private static final int NOBODY_THERE = 2;

  private final Store store;
  private final Tenure tenure;
  private final Consumer<String> refused;
  private final Reconciliation reconciliation;
  private final Histories histories;
  private final ScheduledExecutorService thread = threadNamed("reconciler");
  private final ScheduledExecutorService archivist = threadNamed("histories");
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Map<String, String> troubles = new HashMap<>();
  private boolean lostBefore;

  /**
   * @param tenure nothing is done without it
   * @param endings told of experiments that have ended
   * @param refused told, in words, when another Temporal runs the experiments
   */
  public Reconciler(
      Store store,
      ExperimentClient client,
      Tenure tenure,
      Endings endings,
      Consumer<String> refused) {
    this.store = store;
    this.tenure = tenure;
    this.refused = refused;
    this.histories = new Histories(store, client, endings);
    this.reconciliation = new Reconciliation(store, client);
  }

  private static ScheduledExecutorService threadNamed(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Begins to reconcile, and to keep histories, in threads of their own. */
  public void start() {
    var _ = thread.scheduleWithFixedDelay(this::pass, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    var _ =
        archivist.scheduleWithFixedDelay(
            this::archive, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks after one experiment as soon as it can be done, however often that is asked for. */
  void soon(String id) {
    if (asked.add(id)) {
      thread.execute(() -> {
        asked.remove(id);
        if (tenure.isHeld()) {
          reconcile(id);
        }
      });
    }
  }

  private void pass() {
    try {
      if (renewed()) {
        reconcile();
      }
      lostBefore = false;
    } catch (Lost e) {
      tellLost(e);
    } catch (RuntimeException e) {
      log.error("Could not reconcile the store with Temporal; the next pass tries again", e);
    }
  }

  private void tellLost(Lost e) {
    if (!lostBefore) {
      log.warn("{}", e.getMessage());
      lostBefore = true;
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

  /** One pass over all experiments that are not over. */
  void reconcile() {
    int unanswered = 0;
    for (ExperimentSummary each : store.experiments().unfinished()) {
      unanswered = reconcile(each.id()) ? 0 : unanswered + 1;
      if (unanswered >= NOBODY_THERE) {
        throw new Lost("Temporal or the store does not answer; the next pass tries again");
      }
    }
  }

  /**
   * @return false if someone did not answer
   */
  private boolean reconcile(String id) {
    try {
      store.archiving().begin(id);
      reconciliation.of(id);
      troubles.remove(id);
      return true;
    } catch (Lost e) {
      tellLost(e);
      return false;
    } catch (RuntimeException e) {
      tellTrouble(id, e);
      return true;
    }
  }

  /** Once, not at every pass. */
  private void tellTrouble(String id, RuntimeException e) {
    String words = String.valueOf(e.getMessage());
    if (words.equals(troubles.put(id, words))) {
      return;
    }
    log.error("{} cannot be looked after; the others go on", id, e);
    try {
      store
          .events()
          .append(
              id,
              "trouble/" + words.hashCode(),
              "trouble",
              "This experiment cannot be looked after: " + words,
              "api");
    } catch (RuntimeException alsoThat) {
      log.debug("nor can its log be written", alsoThat);
    }
  }

  private void archive() {
    try {
      if (tenure.isHeld()) {
        histories.pass();
      }
    } catch (Lost e) {
      log.debug("histories are kept when the servers answer again", e);
    } catch (RuntimeException e) {
      log.error("Could not keep the workflows' histories; the next pass tries again", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    archivist.shutdownNow();
  }
}
