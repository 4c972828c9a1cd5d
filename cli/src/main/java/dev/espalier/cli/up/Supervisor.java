package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeLock;
import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.cli.home.Processes;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs an installation: Temporal's server, the API with the store, the workers, in that order, each
 * as a process of its own; restarts what dies; ends all in reverse order.
 */
final class Supervisor implements AutoCloseable {
  private static final Duration CALM = Duration.ofSeconds(8);
  private static final Duration IDLE_POLL = Duration.ofSeconds(1);

  private final Home home;
  private final UpOptions options;
  private final Consumer<String> say;
  private final HomeLock lock;
  private final List<Keeper> keepers = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final String secret;
  private Processes processes;
  private boolean closing;

  private Supervisor(Home home, UpOptions options, HomeLock lock, Consumer<String> say) {
    this.home = home;
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
    Supervisor supervisor = new Supervisor(home, options, lock, say);
    try {
      supervisor.endOrphans();
      supervisor.change(ignored ->
          new Processes(supervisor.self(null), null, null, null, List.of(), supervisor.secret));
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
      Processes running = Processes.read(home.processesFile());
      Processes.Supervisor first = running.supervisor();
      if (first != null && first.identity().isRunning()) {
        Processes.Api api = running.api();
        return "the home %s is already up: process %d%s. Use that one, end it (kill %d), or choose another home with --home"
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
      left = Processes.read(home.processesFile());
    } catch (IOException e) {
      say.accept(e.getMessage() + " (ignored)");
      return;
    }
    new Orphans(Duration.ofSeconds(15), say).end(left);
  }

  private Processes.Supervisor self(@Nullable Instant ready) {
    ProcessIdentity me = ProcessIdentity.ofThisProcess();
    return new Processes.Supervisor(
        me.pid(), me.startedAt(), me.mark(), options.untilIdle(), ready);
  }

  private synchronized void change(UnaryOperator<Processes> step) throws IOException {
    Processes changed = step.apply(processes);
    changed.write(home.processesFile());
    processes = changed;
  }

  synchronized Processes processes() {
    return processes;
  }

  /** Starts every part and returns when all answer. */
  void start(@Nullable Path temporalBinary, List<WorkerPlan> workers) throws InterruptedException {
    Ports ports = new Ports(home);
    int apiPort = options.port() > 0 ? ports.fixed("api", options.port()) : ports.of("api");
    Installation installation = new Installation(home, options, ports, temporalBinary, secret);
    String temporal = startTemporal(installation, ports);
    String store = startApi(installation, ports, apiPort, temporal);
    for (WorkerPlan plan : workers) {
      startWorker(installation, ports, plan, temporal, store);
    }
    try {
      change(before ->
          new Processes(
              self(Instant.now()),
              before.temporal(),
              before.store(),
              before.api(),
              before.workers(),
              before.secret()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A worker to run: one a device. */
  record WorkerPlan(String name, String queue, String device) {
    static final WorkerPlan CPU = new WorkerPlan("worker-cpu", "cpu", "cpu");
  }

  private String startTemporal(Installation installation, Ports ports) throws InterruptedException {
    String elsewhere = options.temporal();
    if (elsewhere != null) {
      say.accept("temporal: using " + elsewhere);
      changeOrThrow(before ->
          new Processes(
              before.supervisor(),
              new Processes.Temporal(0, null, "", elsewhere, 0),
              before.store(),
              before.api(),
              before.workers(),
              before.secret()));
      return elsewhere;
    }
    int port = ports.of("temporal");
    int ui = ports.of("temporal-ui");
    String address = "127.0.0.1:" + port;
    Part part =
        installation.temporal(port, ui, ports.of("temporal-http"), ports.of("temporal-metrics"));
    keep(
        part,
        identity ->
            change(before ->
                new Processes(
                    before.supervisor(),
                    new Processes.Temporal(
                        identity.pid(), identity.startedAt(), identity.mark(), address, ui),
                    before.store(),
                    before.api(),
                    before.workers(),
                    before.secret())));
    say.accept("temporal: ready at %s (its own page: http://127.0.0.1:%d)".formatted(address, ui));
    return address;
  }

  private String startApi(Installation installation, Ports ports, int port, String temporal)
      throws InterruptedException {
    int storePort = ports.of("store");
    String elsewhere = options.mongodb();
    Processes.Store store =
        elsewhere == null ? Installation.embeddedStore(storePort) : new Processes.Store(elsewhere);
    String url = Installation.apiUrl(port);
    keep(
        installation.api(port, storePort, temporal, store.uri()),
        identity ->
            change(before ->
                new Processes(
                    before.supervisor(),
                    before.temporal(),
                    store,
                    new Processes.Api(
                        identity.pid(), identity.startedAt(), identity.mark(), port, url),
                    before.workers(),
                    before.secret())));
    say.accept("store: %s".formatted(elsewhere == null ? home.storeFile() : elsewhere));
    say.accept("api: ready at " + url);
    return store.uri();
  }

  private void startWorker(
      Installation installation, Ports ports, WorkerPlan plan, String temporal, String store)
      throws InterruptedException {
    int metricsPort = ports.of(plan.name());
    Part part =
        installation.worker(plan.name(), plan.queue(), plan.device(), metricsPort, temporal, store);
    keep(
        part,
        identity ->
            change(before -> {
              List<Processes.Worker> workers = new ArrayList<>(before.workers());
              workers.removeIf(worker -> worker.name().equals(plan.name()));
              workers.add(
                  new Processes.Worker(
                      identity.pid(),
                      identity.startedAt(),
                      identity.mark(),
                      plan.name(),
                      plan.device(),
                      metricsPort));
              return new Processes(
                  before.supervisor(),
                  before.temporal(),
                  before.store(),
                  before.api(),
                  workers,
                  before.secret());
            }));
    say.accept(
        "%s: ready, %d slot%s"
            .formatted(plan.name(), options.slots(), options.slots() == 1 ? "" : "s"));
  }

  private void changeOrThrow(UnaryOperator<Processes> change) {
    try {
      change(change);
    } catch (IOException e) {
      throw new InvalidInput(
          "the home %s cannot be written: %s".formatted(home, e.getMessage()), e);
    }
  }

  private void keep(Part part, Keeper.Recorder recorder) throws InterruptedException {
    Keeper keeper = new Keeper(part, home.log(part.name()), Backoff.STANDARD, recorder, say);
    synchronized (this) {
      if (closing) {
        throw new InterruptedException("stopping");
      }
      keepers.add(keeper);
    }
    keeper.startAndAwait();
  }

  /** Blocks until told to stop, or, with {@code --until-idle}, until there is nothing to do. */
  void run() throws InterruptedException {
    Processes.Api api = processes().api();
    if (!options.untilIdle() || api == null) {
      stopped.await();
      return;
    }
    IdleWatch watch =
        new IdleWatch(
            Unfinished.askApi(api.url(), secret), options.firstWork(), CALM, System.nanoTime());
    while (!stopped.await(IDLE_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      if (watch.isDone(System.nanoTime())) {
        say.accept("no experiment is unfinished: ending");
        return;
      }
    }
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
    for (Keeper keeper : running.reversed()) {
      keeper.stop();
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
