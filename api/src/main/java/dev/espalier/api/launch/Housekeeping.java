package dev.espalier.api.launch;

import dev.espalier.search.failure.Lost;
import dev.espalier.store.Collected;
import dev.espalier.store.Deletion;
import dev.espalier.store.Store;
import dev.espalier.store.Upkeep;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.stage.StageKey;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store from filling up in runs of days: every few minutes it removes checkpoints that
 * nothing can continue from any more. It also finishes the deletions of experiments.
 */
public final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration PERIOD = Duration.ofMinutes(2);

  /** Temporal deletes by and by. */
  private static final Duration SOON = Duration.ofSeconds(10);

  /** A worker that sleeps longer between putting a checkpoint and naming it puts it again. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final Duration STRAY_GRACE = Duration.ofDays(1);

  private final Store store;
  private final ExperimentClient client;
  private final Tenure tenure;
  private final Endings endings;
  private final Upkeep upkeep;

  /** Whether deletions are looked at again soon; of the thread alone. */
  private boolean again;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  /**
   * @param tenure workflows are let alone without it
   * @param endings told of experiments that are deleted
   */
  public Housekeeping(Store store, ExperimentClient client, Tenure tenure, Endings endings) {
    this.store = store;
    this.client = client;
    this.tenure = tenure;
    this.endings = endings;
    this.upkeep = store.upkeep(StageKey::salted);
  }

  /** Begins, in a thread of its own. */
  public void start() {
    thread.execute(() -> guarded(this::collectStrays));
    var _ =
        thread.scheduleWithFixedDelay(
            () -> {
              guarded(this::collect);
              guarded(this::finishDeletions);
            },
            PERIOD.toSeconds(),
            PERIOD.toSeconds(),
            TimeUnit.SECONDS);
    soon();
  }

  /** Finishes the deletions that were begun, as soon as it can be done. */
  public void soon() {
    thread.execute(() -> guarded(this::finishDeletions));
  }

  /** What a process that was killed has begun, and what only Temporal still knows. */
  private void finishDeletions() {
    boolean left = false;
    for (Deletion deletion : upkeep.goOn()) {
      boolean isAnother = store.experiments().find(deletion.experiment()).isPresent();
      if (!isAnother) {
        endings.deleted(deletion.experiment());
      }
      if (isAnother || (tenure.isHeld() && client.forget(deletion.experiment()))) {
        upkeep.done(deletion);
      } else {
        left = true;
      }
    }
    if (left && !again) {
      again = true;
      var _ =
          thread.schedule(
              () -> {
                again = false;
                guarded(this::finishDeletions);
              },
              SOON.toSeconds(),
              TimeUnit.SECONDS);
    }
  }

  private void collectStrays() {
    int strays = store.artifacts().collectStrays(STRAY_GRACE);
    if (strays > 0) {
      log.info("removed {} chunks that interrupted puts had left", strays);
    }
  }

  private void collect() {
    Collected collected = store.collectCheckpoints(GRACE);
    if (collected.artifacts() > 0) {
      log.info(
          "removed {} checkpoints that nothing continues from, {} bytes",
          collected.artifacts(),
          collected.bytes());
    }
  }

  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (Lost e) {
      log.debug("the store is away; the next pass collects", e);
    } catch (RuntimeException e) {
      log.error("Could not tidy the store; the next pass tries again", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
