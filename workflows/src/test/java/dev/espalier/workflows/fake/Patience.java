package dev.espalier.workflows.fake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting with an end: a test that waits in vain says what for. */
public final class Patience {
  public static final Duration LIMIT = Duration.ofSeconds(40);

  private Patience() {}

  /** Asks again every few milliseconds, until the limit. */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited %s in vain until %s".formatted(LIMIT, what));
      }
      moment();
    }
  }

  /** Waits for a latch, until the limit. */
  public static void until(String what, CountDownLatch latch) {
    try {
      if (!latch.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("waited %s in vain until %s".formatted(LIMIT, what));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting until " + what, e);
    }
  }

  private static void moment() {
    CountDownLatch never = new CountDownLatch(1);
    try {
      if (never.await(10, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("nobody counts this latch down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    }
  }
}
