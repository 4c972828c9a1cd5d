package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeLock;
import dev.espalier.cli.home.HomePlace;
import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.cli.home.Processes;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.workers.metrics.Discovery;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Has a home and keeps its parts running: each a process of its own, started again when it dies;
 * ends them last started first.
 */
final class Supervisor implements AutoCloseable {
  private static final Duration CALM = Duration.ofSeconds(8);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Home home;
  private final UpOptions options;
  private final Consumer<String> say;
  private final HomeLock lock;
  private final HomePlace place;
  private final List<Keeper> keepers = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final String secret;
  private Processes processes;
  private boolean closing;

  private Supervisor(
      Home home, UpOptions options, HomeLock lock, HomePlace place, Consumer<String> say) {
    this.home = home;
    this.place = place;
    this.options = options;
    this.lock = lock;
    this.say = say;
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    this.secret = HexFormat.of().formatHex(random);
    this.processes = Processes.none();
  }

  /**
   * Takes the home, or refuses with the one that has it; ends what a killed predecessor left
   * running.
   */
  static Supervisor take(Home home, UpOptions options, Consumer<String> say) {
    home.prepare();
    HomeLock lock =
        HomeLock.tryTake(home, "up", Duration.ofSeconds(3))
            .orElseThrow(() -> new InvalidInput(alreadyUp(home)));
    try {
      HomePlace place = HomePlace.of(home);
      Supervisor supervisor = new Supervisor(home, options, lock, place, say);
      supervisor.endOrphans();
      supervisor.change(ignored -> Processes.of(place, supervisor.self(null), supervisor.secret));
      return supervisor;
    } catch (IOException e) {
      lock.close();
      throw new InvalidInput(
          "the home %s cannot be written: %s".formatted(home, e.getMessage()), e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static String alreadyUp(Home home) {
    try {
      Processes running = Processes.of(home);
      Processes.Supervisor first = running.supervisor();
      if (first != null && first.identity().isRunning()) {
        Processes.Api api = running.api();
        return ("the home %s is already up: process %d%s. Use that one, end it (kill %d), or choose another home "
                + "with --home")
            .formatted(
                home,
                first.pid(),
                api == null ? ", still starting" : " at " + api.url(),
                first.pid());
      }
    } catch (IOException e) {
      // Fall through to what the lock itself says.
    }
    return "the home %s is in use by %s: wait for it, or choose another home with --home"
        .formatted(home, HomeLock.holder(home));
  }

  private void endOrphans() throws IOException {
    Processes left;
    try {
      left = Processes.of(home);
    } catch (IOException e) {
      say.accept(e.getMessage() + " (ignored)");
      return;
    }
    new Orphans(Duration.ofSeconds(15), say).end(home, left);
  }

  private Processes.Supervisor self(@Nullable Instant ready) {
    ProcessIdentity me = ProcessIdentity.ofThisProcess();
    return new Processes.Supervisor(
        me.pid(), me.startedAt(), me.mark(), options.untilIdle(), ready, false);
  }

  private synchronized void change(UnaryOperator<Processes> step) throws IOException {
    Processes changed = step.apply(processes);
    if (!place.isStillThatOf(home)) {
      throw new IOException("the folder that this up began with is no longer there");
    }
    changed.write(home.processesFile());
    processes = changed;
  }

  synchronized Processes processes() {
    return processes;
  }

  Home home() {
    return home;
  }

  UpOptions options() {
    return options;
  }

  String secret() {
    return secret;
  }

  void tell(String message) {
    say.accept(message);
  }

  /** Changes the record. */
  void note(UnaryOperator<Processes> step) {
    try {
      change(step);
    } catch (IOException e) {
      throw new InvalidInput(
          "the home %s cannot be written: %s".formatted(home, e.getMessage()), e);
    }
  }

  /** Every part answers: others may come. */
  void ready() {
    note(before -> before.with(self(Instant.now())));
  }

  /** Starts a part and keeps it running; whether it comes up is to be asked of its keeper. */
  Keeper begin(Part part) throws InterruptedException {
    return begin(part, FrozenPart.STANDARD);
  }

  Keeper begin(Part part, FrozenPart silence) throws InterruptedException {
    Keeper keeper =
        new Keeper(
            part,
            home.root(),
            home.log(part.name()),
            Backoff.STANDARD,
            silence,
            (launch, identity) -> change(before -> launch.noted().apply(before, identity)),
            say);
    synchronized (this) {
      if (closing) {
        throw new InterruptedException("stopping");
      }
      keepers.add(keeper);
      keeper.start();
    }
    return keeper;
  }

  /** Starts parts again that have begun with what is no longer true. */
  void startOthersAgain(Predicate<String> whom, String reason) {
    List<Keeper> begun;
    synchronized (this) {
      begun = List.copyOf(keepers);
    }
    begun.stream()
        .filter(keeper -> whom.test(keeper.name()))
        .forEach(keeper -> keeper.startAgain(reason));
  }

  /** Blocks until told to stop, or, with {@code --until-idle}, until there is nothing to do. */
  void run() throws InterruptedException {
    IdleWatch watch =
        new IdleWatch(
            Unfinished.askApi(this::apiUrl, secret), options.firstWork(), CALM, System.nanoTime());
    while (!stopped.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      if (!place.isStillThatOf(home)) {
        say.accept(
            "the home was moved away or replaced while this up ran: ending. Where it is now, go on with: "
                + "espalier up --home DIR");
        return;
      }
      if (options.untilIdle() && watch.isDone(System.nanoTime())) {
        say.accept("no experiment is unfinished: ending");
        return;
      }
    }
  }

  private String apiUrl() {
    Processes.Api api = processes().api();
    return api == null ? "" : api.url();
  }

  /** Whether it is ending, by {@link #close}. */
  synchronized boolean isClosing() {
    return closing;
  }

  /**
   * Ends the parts, last started first, and gives the home back. A second caller waits for the
   * first.
   */
  @Override
  public void close() {
    List<Keeper> running;
    boolean first;
    synchronized (this) {
      first = !closing;
      closing = true;
      running = List.copyOf(keepers);
    }
    if (!first) {
      awaitEnd();
      return;
    }
    stopped.countDown();
    try {
      change(Processes::whileEnding); // others wait for the next `up` from now on
    } catch (IOException e) {
      say.accept("%s cannot be written: %s".formatted(home, e.getMessage()));
    }
    for (Keeper keeper : running.reversed()) {
      keeper.stop();
      new Discovery(home.metrics(), keeper.name()).remove();
    }
    try {
      change(before -> Processes.none());
    } catch (IOException e) {
      // The record then names processes that have ended, which the next `up` will see.
    }
    lock.close();
    ended.countDown();
  }

  /** Waits until {@link #close} is done. */
  void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
