package dev.espalier.api.launch;

import dev.espalier.search.failure.Lost;
import dev.espalier.store.Collected;
import dev.espalier.store.Store;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the store from filling up in runs of days: every few minutes it removes checkpoints that
 * nothing can continue from any more.
 */
public final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration PERIOD = Duration.ofMinutes(2);

  /** A worker that sleeps longer between putting a checkpoint and naming it puts it again. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final Duration STRAY_GRACE = Duration.ofDays(1);

  private final Store store;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("housekeeping").factory());

  public Housekeeping(Store store) {
    this.store = store;
  }

  /** Begins, in a thread of its own. */
  public void start() {
    thread.execute(() -> guarded(this::collectStrays));
    var _ =
        thread.scheduleWithFixedDelay(
            () -> guarded(this::collect), PERIOD.toSeconds(), PERIOD.toSeconds(), TimeUnit.SECONDS);
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
