package dev.espalier.learning.data;

import dev.espalier.search.failure.Lost;
import java.util.concurrent.Semaphore;

/**
 * Keeps pictures that are decoded at the same time within the memory that there is: who needs more
 * than is free waits; who needs more than there is has it to itself.
 */
final class DecodingMemory {
  private static final long ELSEWHERE = 96L << 20;
  private static final double SHARE = 0.6;
  private static final int LEAST = 16;

  private final int total; // MiB
  private final Semaphore free;

  /**
   * @param heap bytes that this process may have
   * @param taken bytes of them that the result takes
   */
  DecodingMemory(long heap, long taken) {
    long left = (long) (SHARE * (heap - taken - ELSEWHERE)) >> 20;
    this.total = Math.clamp(left, LEAST, 1 << 20);
    this.free = new Semaphore(total, true);
  }

  /** What this process has, beside a result of so many bytes. */
  static DecodingMemory beside(long taken) {
    return new DecodingMemory(Runtime.getRuntime().maxMemory(), taken);
  }

  /** MiB that may be taken at once. */
  int total() {
    return total;
  }

  /** Waits until so much is free; whoever closes it gives it back. */
  Share take(long bytes) {
    int wanted = Math.clamp((bytes >> 20) + 1, 1, total);
    try {
      free.acquire(wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Lost("reading pictures was interrupted", e);
    }
    return () -> free.release(wanted);
  }

  /** What was taken. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }
}
