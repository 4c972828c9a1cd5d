package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.memory.KnownSizes;
import dev.espalier.learning.memory.WaitingLine;
import dev.espalier.search.failure.OutOfMemory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;

/**
 * The large arrays of kernels, lent to whoever computes one: as many at a time as memory allows, in
 * the order of asking. What is given back is kept for the next, so that what is kept depends on how
 * many compute at a time, not on how many seeds and experiments there are. Safe for many threads.
 */
final class KernelMemory {
  /*
   * How much a kernel takes shows when it is computed, and is about the same for the same shape. So
   * the first of each shape is computed alone, and may take all there is.
   */
  private static final KernelMemory OF_PROCESS =
      new KernelMemory(Runtime.getRuntime().maxMemory() / 2);

  /** Beside its arrays a kernel has activations and a matrix: this share more. */
  private static final double BESIDE = 1.25;

  private final long limit;
  private final WaitingLine line = new WaitingLine();
  private final KnownSizes known = new KnownSizes();
  private final Deque<Idle> idle = new ArrayDeque<>(); // the one given back last comes first
  private long lent;
  private int running;

  private record Idle(Object shape, Buffers buffers) {}

  private record Loan(Buffers buffers, long bytes) {}

  /**
   * @param limit bytes that all kernels may take together; one alone may take more
   */
  KernelMemory(long limit) {
    this.limit = limit;
  }

  /** That of all kernels of this process: half of Java's memory. */
  static KernelMemory ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Lends arrays for one kernel, as soon as there is memory for it.
   *
   * @param shape equal for kernels that take the same arrays
   * @param whileWaiting run now and then before; ends the waiting by throwing
   */
  <R> R with(Object shape, Runnable whileWaiting, Function<Buffers, R> work) {
    Loan loan = line.await(() -> lend(shape), whileWaiting);
    boolean whole = false;
    try {
      R result = work.apply(loan.buffers());
      whole = true;
      return result;
    } finally {
      boolean used = whole;
      line.change(() -> giveBack(shape, loan, used));
    }
  }

  private Optional<Loan> lend(Object shape) {
    long bytes = needed(shape);
    if (running > 0 && lent + bytes > limit) {
      return Optional.empty();
    }
    running++;
    lent += bytes;
    Buffers buffers = takeIdle(shape);
    trim();
    return Optional.of(new Loan(buffers, bytes));
  }

  private long needed(Object shape) {
    return known.of(shape, limit);
  }

  private Buffers takeIdle(Object shape) {
    for (Iterator<Idle> each = idle.iterator(); each.hasNext(); ) {
      Idle candidate = each.next();
      if (candidate.shape().equals(shape)) {
        each.remove();
        return candidate.buffers();
      }
    }
    return new Buffers();
  }

  private void giveBack(Object shape, Loan loan, boolean whole) {
    running--;
    lent -= loan.bytes();
    if (whole) {
      known.saw(shape, (long) (loan.buffers().bytes() * BESIDE));
      idle.addFirst(new Idle(shape, loan.buffers()));
    }
    trim();
  }

  private void trim() {
    while (!idle.isEmpty() && lent + idleBytes() > limit) {
      idle.removeLast();
    }
  }

  /** Bytes of the arrays that nobody has at the moment. */
  long keptBytes() {
    return line.read(this::idleBytes);
  }

  private long idleBytes() {
    return idle.stream().mapToLong(each -> each.buffers().bytes()).sum();
  }

  /**
   * Refuses what this Java can never hold, before it is tried and ends the process.
   *
   * @param bytes of one kernel
   */
  static void requireFits(double bytes) {
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > 0.8 * most) {
      throw new OutOfMemory(
          ("a kernel at this setting needs more than %,.0f MB, and Java has %,d: "
                  + "lower ntk.batch, ntk.imageSize or ntk.channels, or give more, such as ESPALIER_JVM=-Xmx%dg")
              .formatted(bytes / (1 << 20), most >> 20, (long) (1.5 * bytes / (1 << 30)) + 1));
    }
  }
}
