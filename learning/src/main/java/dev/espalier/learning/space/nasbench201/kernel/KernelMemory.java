package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.search.failure.Lost;
import dev.espalier.search.failure.OutOfMemory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

  private static final int KNOWN_SHAPES = 64;
  private static final long TURN_NANOS = 100_000_000;

  /** Beside its arrays a kernel has activations and a matrix: this share more. */
  private static final double BESIDE = 1.25;

  private final long limit;
  private final Map<Object, Long> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Long> eldest) {
          return size() > KNOWN_SHAPES;
        }
      };
  private final Deque<Object> waiting = new ArrayDeque<>();
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
    Loan loan = borrow(shape, whileWaiting);
    boolean whole = false;
    try {
      R result = work.apply(loan.buffers());
      whole = true;
      return result;
    } finally {
      giveBack(shape, loan, whole);
    }
  }

  private Loan borrow(Object shape, Runnable whileWaiting) {
    Object ticket = new Object();
    enqueue(ticket);
    try {
      while (true) {
        Loan loan = tryBorrow(ticket, shape);
        if (loan != null) {
          return loan;
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

  private synchronized @Nullable Loan tryBorrow(Object ticket, Object shape)
      throws InterruptedException {
    long until = System.nanoTime() + TURN_NANOS;
    while (!isTurn(ticket, shape)) {
      long millis = (until - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return null;
      }
      wait(millis);
    }
    long bytes = needed(shape);
    running++;
    lent += bytes;
    Buffers buffers = takeIdle(shape);
    trim();
    return new Loan(buffers, bytes);
  }

  private boolean isTurn(Object ticket, Object shape) {
    return ticket.equals(waiting.peekFirst()) && (running == 0 || lent + needed(shape) <= limit);
  }

  private long needed(Object shape) {
    return known.getOrDefault(shape, limit);
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

  private synchronized void giveBack(Object shape, Loan loan, boolean whole) {
    running--;
    lent -= loan.bytes();
    if (whole) {
      known.merge(shape, (long) (loan.buffers().bytes() * BESIDE), Math::max);
      idle.addFirst(new Idle(shape, loan.buffers()));
    }
    trim();
    notifyAll();
  }

  private void trim() {
    while (!idle.isEmpty() && lent + keptBytes() > limit) {
      idle.removeLast();
    }
  }

  /** Bytes of the arrays that nobody has at the moment. */
  synchronized long keptBytes() {
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
