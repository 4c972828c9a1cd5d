package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeLock;
import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.cli.home.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The end of parts whose {@code up} was killed: they go on as long as there is work, and another
 * {@code up} may come; once there is none, for a while, one of them ends the others and itself. So
 * too where nobody can say any more whether there is work.
 */
final class Abandoned implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration CALM = Duration.ofMinutes(1);

  /** Neither an answer from the store nor an {@code up} for this long: nobody will come back. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private final Home home;
  private final Unfinished unfinished;
  private final Runnable endThis;
  private final Consumer<String> say;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean alone;
  private long lastWork;
  private long lastAnswer;

  /**
   * @param endThis ends this process, in order
   */
  Abandoned(Home home, Unfinished unfinished, Runnable endThis, Consumer<String> say) {
    this.home = home;
    this.unfinished = unfinished;
    this.endThis = endThis;
    this.say = say;
  }

  /** Looks every few seconds, in a thread of its own, until it is closed. */
  static Abandoned watch(Home home, Unfinished unfinished, Runnable endThis) {
    Abandoned watch = new Abandoned(home, unfinished, endThis, System.err::println);
    Thread.ofPlatform().daemon().name("abandoned").start(watch::run);
    return watch;
  }

  private void run() {
    try {
      while (!closed.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        if (isOver(System.nanoTime()) && endAll()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether nobody watches over this part, and there is nothing left for it to do. */
  boolean isOver(long nowNanos) {
    if (!isLeftBehind()) {
      alone = false;
      return false;
    }
    if (!alone) {
      alone = true;
      lastWork = nowNanos;
      lastAnswer = nowNanos;
    }
    OptionalInt count = unfinished.count();
    if (count.isPresent()) {
      lastAnswer = nowNanos;
    }
    if (count.orElse(1) > 0) {
      lastWork = nowNanos;
    }
    return nowNanos - lastWork >= CALM.toNanos() || nowNanos - lastAnswer >= SILENCE.toNanos();
  }

  /** Only what an {@code up} has started: a worker of a person's own goes by its own rules. */
  private boolean isLeftBehind() {
    try {
      Processes processes = Processes.of(home);
      Processes.Supervisor supervisor = processes.supervisor();
      long me = ProcessHandle.current().pid();
      return supervisor != null
          && !supervisor.identity().isRunning()
          && processes.parts().stream().anyMatch(part -> part.identity().pid() == me);
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the other parts and this one; false where someone else has taken the home meanwhile. */
  boolean endAll() {
    Optional<HomeLock> lock = HomeLock.tryTake(home, "ending what an up left", Duration.ZERO);
    if (lock.isEmpty()) {
      return false;
    }
    // The lock goes with this process: until then no `up` begins.
    if (!isLeftBehind()) {
      lock.get().close();
      return false;
    }
    try {
      say.accept("nothing is left to do, and no `up` watches over this home: ending its parts");
      Processes left = Processes.of(home);
      new Orphans(Duration.ofSeconds(20), say)
          .end(home, left, part -> !part.identity().equals(ProcessIdentity.ofThisProcess()));
      Processes.none().write(home.processesFile());
    } catch (IOException e) {
      say.accept("%s cannot be written: %s".formatted(home, e.getMessage()));
    }
    endThis.run();
    return true;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
