package dev.espalier.learning.memory;

import dev.espalier.search.failure.Lost;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Threads that wait for their share of something, in the order of asking. What they share is read
 * and changed only within {@link #await} and {@link #change}, by one thread at a time.
 */
public final class WaitingLine {
  private static final long TURN_NANOS = 100_000_000;

  private final Deque<Object> waiting = new ArrayDeque<>();

  /**
   * Waits until this thread is the first in the line and has what it asks for.
   *
   * @param share what is asked for, taken; empty where that is not possible yet. Asked again after
   *     each change, and some tenths of a second apart at most.
   * @param whileWaiting run now and then before; ends the waiting by throwing
   */
  public <T> T await(Supplier<Optional<T>> share, Runnable whileWaiting) {
    Object ticket = new Object();
    change(() -> waiting.add(ticket));
    try {
      while (true) {
        Optional<T> taken = tryFor(ticket, share);
        if (taken.isPresent()) {
          return taken.get();
        }
        whileWaiting.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Lost("interrupted while waiting for memory", e);
    } finally {
      change(() -> waiting.remove(ticket));
    }
  }

  private synchronized <T> Optional<T> tryFor(Object ticket, Supplier<Optional<T>> share)
      throws InterruptedException {
    long until = System.nanoTime() + TURN_NANOS;
    while (true) {
      if (ticket.equals(waiting.peekFirst())) {
        Optional<T> taken = share.get();
        if (taken.isPresent()) {
          return taken;
        }
      }
      long millis = (until - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return Optional.empty();
      }
      wait(millis);
    }
  }

  /**
   * Does this while nobody else reads or changes what is shared; then those who wait look again.
   */
  public synchronized void change(Runnable work) {
    work.run();
    notifyAll();
  }

  /** Reads this while nobody changes it. */
  public synchronized <T> T read(Supplier<T> work) {
    return work.get();
  }
}
