package dev.espalier.activities.evaluation;

import dev.espalier.learning.memory.AvailableMemory;
import dev.espalier.learning.memory.KnownSizes;
import dev.espalier.learning.memory.ResidentMemory;
import dev.espalier.learning.memory.WaitingLine;
import java.util.Optional;
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

  /** After so many steps a training has taken nearly all the memory that it will. */
  private static final int FIRST_STEPS = 3;

  /** Of what one took this share more is asked for before the next begins. */
  private static final double MARGIN = 1.5;

  /** Less than this is not measured well: allocators give memory back late. */
  private static final long LEAST_BYTES = 256L << 20;

  private final Supplier<OptionalLong> available;
  private final LongSupplier resident;
  private final WaitingLine line = new WaitingLine();
  private final KnownSizes known = new KnownSizes();
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
    return line.await(() -> begin(shape), whileWaiting);
  }

  private Optional<Turn> begin(Object shape) {
    if (beginning != null || (running > 0 && !isRoomFor(shape))) {
      return Optional.empty();
    }
    running++;
    Turn turn = new Turn(shape, resident.getAsLong());
    beginning = turn;
    return Optional.of(turn);
  }

  private boolean isRoomFor(Object shape) {
    OptionalLong left = available.get();
    return left.isEmpty() || left.getAsLong() >= needed(shape);
  }

  private double needed(Object shape) {
    return MARGIN * Math.max(LEAST_BYTES, known.of(shape, 0));
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
      line.change(() -> {
        known.saw(shape, resident.getAsLong() - residentBefore);
        settle();
      });
    }

    private void settle() {
      if (equals(beginning)) {
        beginning = null;
      }
    }

    @Override
    public void close() {
      line.change(() -> {
        running--;
        settle();
      });
    }
  }
}
