package dev.espalier.activities.evaluation;

import dev.espalier.learning.tensor.AvailableMemory;
import dev.espalier.learning.tensor.ResidentMemory;
import dev.espalier.search.failure.Lost;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets as many trainings of this process run at a time as the machine has memory for, in the order
 * of asking: a machine short of memory trains less at a time, it does not die. One alone always
 * runs. How much a training takes shows after its first steps, so they begin one after another.
 * Safe for many threads.
 */
final class TrainingMemory {
  private static final TrainingMemory OF_PROCESS =
      new TrainingMemory(new AvailableMemory()::bytes, ResidentMemory::bytes);

  private static final long TURN_NANOS = 100_000_000;

  /** After so many steps a training has taken nearly all the memory that it will. */
  private static final int FIRST_STEPS = 3;

  /** Of what one took this share more is asked for before the next begins. */
  private static final double MARGIN = 1.5;

  /** Less than this is not measured well: allocators give memory back late. */
  private static final long LEAST_BYTES = 256L << 20;

  private final Supplier<OptionalLong> available;
  private final LongSupplier resident;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private final Map<Object, Long> known = new HashMap<>();
  private int running;
  private @Nullable Turn beginning;

  /**
   * @param available bytes that the machine has left; empty where that is not known
   * @param resident bytes that this process takes
   */
  TrainingMemory(Supplier<OptionalLong> available, LongSupplier resident) {
    this.available = available;
    this.resident = resident;
  }

  static TrainingMemory ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Waits until there is memory for a training.
   *
   * @param shape equal for trainings that take about the same
   * @param whileWaiting run now and then before; ends the waiting by throwing
   */
  Turn turn(Object shape, Runnable whileWaiting) {
    Object ticket = new Object();
    enqueue(ticket);
    try {
      while (true) {
        Turn turn = tryBegin(ticket, shape);
        if (turn != null) {
          return turn;
        }
        whileWaiting.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Lost("interrupted while waiting for memory", e);
    } finally {
      dequeue(ticket);
    }
  }

  private synchronized void enqueue(Object ticket) {
    waiting.add(ticket);
  }

  private synchronized void dequeue(Object ticket) {
    waiting.remove(ticket);
    notifyAll();
  }

  private synchronized @Nullable Turn tryBegin(Object ticket, Object shape)
      throws InterruptedException {
    long until = System.nanoTime() + TURN_NANOS;
    while (!mayBegin(ticket, shape)) {
      long millis = (until - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return null;
      }
      wait(millis);
    }
    running++;
    beginning = new Turn(shape, resident.getAsLong());
    return beginning;
  }

  private boolean mayBegin(Object ticket, Object shape) {
    if (!ticket.equals(waiting.peekFirst()) || beginning != null) {
      return false;
    }
    if (running == 0) {
      return true;
    }
    OptionalLong left = available.get();
    return left.isEmpty() || left.getAsLong() >= needed(shape);
  }

  private double needed(Object shape) {
    return MARGIN * Math.max(LEAST_BYTES, known.getOrDefault(shape, 0L));
  }

  /** A training that has begun. */
  final class Turn implements AutoCloseable {
    private final Object shape;
    private final long residentBefore;
    private int steps;

    private Turn(Object shape, long residentBefore) {
      this.shape = shape;
      this.residentBefore = residentBefore;
    }

    /** It came a step further. */
    void step() {
      if (steps < FIRST_STEPS && ++steps == FIRST_STEPS) {
        begun();
      }
    }

    private void begun() {
      synchronized (TrainingMemory.this) {
        if (equals(beginning)) {
          known.merge(shape, resident.getAsLong() - residentBefore, Math::max);
          beginning = null;
          TrainingMemory.this.notifyAll();
        }
      }
    }

    @Override
    public void close() {
      synchronized (TrainingMemory.this) {
        running--;
        if (equals(beginning)) {
          beginning = null;
        }
        TrainingMemory.this.notifyAll();
      }
    }
  }
}
