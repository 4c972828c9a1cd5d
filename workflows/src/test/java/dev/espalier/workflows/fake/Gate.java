package dev.espalier.workflows.fake;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds units of work until it is opened. A unit that waits here beats like a real one and, when it
 * is told to stop, stops at its next beat.
 */
public final class Gate implements Obstacle {
  private final CountDownLatch reached;
  private final CountDownLatch open = new CountDownLatch(1);
  private final CountDownLatch noticed = new CountDownLatch(1);
  private final CountDownLatch mayStop;
  private final boolean ignoresStops;

  private Gate(int units, boolean slowToStop, boolean ignoresStops) {
    this.reached = new CountDownLatch(units);
    this.mayStop = new CountDownLatch(slowToStop ? 1 : 0);
    this.ignoresStops = ignoresStops;
  }

  /** A gate that counts as reached once so many units wait at it. */
  public static Gate reachedBy(int units) {
    return new Gate(units, false, false);
  }

  /** A gate whose units, when they are told to stop, do so only after {@link #letStop()}. */
  public static Gate slowToStop() {
    return new Gate(1, true, false);
  }

  /** A gate whose units, when they are told to stop, finish their work instead. */
  public static Gate ignoringStops() {
    return new Gate(1, false, true);
  }

  @Override
  public void meet(String unit, ActivityExecutionContext context) {
    reached.countDown();
    try {
      while (!open.await(20, TimeUnit.MILLISECONDS)) {
        context.heartbeat("at the gate");
      }
    } catch (ActivityCompletionException e) {
      noticed.countDown();
      if (ignoresStops) {
        return;
      }
      Patience.until(unit + " may stop", mayStop);
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the worker is shut down", e);
    }
  }

  public void open() {
    open.countDown();
  }

  public void letStop() {
    mayStop.countDown();
  }

  public void awaitReached() {
    Patience.until("the units are at the gate", reached);
  }

  public void awaitNoticed() {
    Patience.until("a unit at the gate noticed that it should stop", noticed);
  }
}
