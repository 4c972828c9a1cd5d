package dev.espalier.activities.unit;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells Temporal every second that the attempt lives, and hears whether it should go on.
 *
 * <p>It beats from a thread of its own, since a kernel at the published setting takes longer than
 * the timeout; a killed or frozen process stops it all the same.
 */
final class Heartbeat implements Ownership, AutoCloseable {
  private final ActivityExecutionContext context;
  private final ScheduledExecutorService thread =
      Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().name("heartbeat").factory());
  private final ScheduledFuture<?> beating;
  private final Standstill standstill;
  private volatile String pointer = "";
  private volatile boolean stuck;
  private volatile @Nullable ActivityCompletionException lostOwnership;

  Heartbeat(ActivityExecutionContext context, Standstill standstill) {
    this.context = context;
    this.standstill = standstill;
    beating = thread.scheduleAtFixedRate(this::beat, 0, 1, TimeUnit.SECONDS);
  }

  /**
   * Does this every second from now on, in a thread of its own: where it waits for a store that is
   * away, the heart still beats. What it throws is passed over.
   */
  void also(Runnable work) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                return; // the next one tries again
              }
            },
            1,
            1,
            TimeUnit.SECONDS);
  }

  @Override
  public boolean isLost() {
    return lostOwnership != null;
  }

  @Override
  public void step() {
    standstill.step();
  }

  @Override
  public boolean isStuck() {
    return stuck;
  }

  /** The attempt will come no step further. */
  void stuck() {
    stuck = true;
  }

  /** Points at the newest checkpoint from now on. */
  @Override
  public void point(String checkpoint) {
    pointer = checkpoint;
  }

  /**
   * Why the attempt no longer owns its work: cancelled, paused, timed out, or its worker drains;
   * null while it does.
   */
  @Nullable ActivityCompletionException lostOwnership() {
    return lostOwnership;
  }

  private void beat() {
    try {
      context.heartbeat(pointer);
    } catch (ActivityCompletionException e) {
      lostOwnership = e;
      thread.shutdown();
    } catch (RuntimeException e) {
      // The server is away for the moment. The next beat tries again; if it stays away too long,
      // the server
      // takes the work back by the heartbeat timeout and says so when it returns.
      return;
    }
  }

  @Override
  public void close() {
    beating.cancel(true);
    thread.shutdownNow();
  }
}
