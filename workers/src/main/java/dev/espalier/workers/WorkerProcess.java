package dev.espalier.workers;

import com.uber.m3.tally.Scope;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Store;
import dev.espalier.store.WorkerDocument;
import dev.espalier.workers.WorkerRegistration.Registered;
import dev.espalier.workers.metrics.WorkerMetrics;
import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.worker.Algorithms;
import dev.espalier.workflows.worker.OwnRevisions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker: polls its queues, computes on its device, says that it is there, drains when it is
 * told to end.
 */
public final class WorkerProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);

  private static final Duration CONNECT = Duration.ofMinutes(2);

  /** Activities get this long to stop at a step boundary and write their checkpoint. */
  private static final Duration DRAIN = Duration.ofSeconds(15);

  /** Longer than to drain. */
  private static final Duration LEAVE = Duration.ofSeconds(60);

  private static final Duration REPORT = Duration.ofSeconds(3);

  /** Neither server nor store for this long: nobody will come back for this process. */
  private static final Duration LOST_FOR_GOOD = Duration.ofMinutes(10);

  private final WorkerSettings settings;
  private final String id;
  private final Torch torch;
  private final WorkerMetrics metrics;
  private final Connections connections;
  private final WorkerFactory factory;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Registered registered = () -> {};
  private boolean closing;
  private volatile boolean standstill;

  private WorkerProcess(
      WorkerSettings settings,
      String id,
      Torch torch,
      WorkerMetrics metrics,
      Connections connections) {
    this.settings = settings;
    this.id = id;
    this.torch = torch;
    this.metrics = metrics;
    this.connections = connections;
    this.factory =
        WorkerFactory.newInstance(
            connections.client(),
            WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(200)
                .setMaxWorkflowThreadCount(400)
                .setWorkerInterceptors(
                    new OwnStore(connections.store()), new OwnRevisions(Algorithms.ofThisBuild()))
                .build());
  }

  /**
   * Proves the engine on the device, connects (waiting for what still starts), registers, and
   * polls.
   */
  public static WorkerProcess start(WorkerSettings settings, WorkerRegistration registration)
      throws InterruptedException {
    NetworksBySpace.requireProcessor();
    Torch torch = Torch.on(settings.device());
    String id = "%s/%d/%s".formatted(hostName(), ProcessHandle.current().pid(), settings.device());
    WorkerMetrics metrics = WorkerMetrics.start(settings, torch);
    WorkerProcess process = null;
    Connections connections = null;
    try {
      Scope scope = metrics.temporalScope();
      connections = Connections.open(settings, scope, id, CONNECT);
      process = new WorkerProcess(settings, id, torch, metrics, connections);
      process.registered =
          registration.register(
              new WorkerContext(
                  process.factory,
                  connections.store(),
                  torch,
                  metrics.registry(),
                  settings,
                  id,
                  process::leaveStandstill));
      process.factory.start();
      process.report();
      metrics.ready();
      String identity = connections.store().identity();
      log.info(
          "polling {} and {} with {} slots on {}",
          TaskQueues.workflows(identity),
          TaskQueues.compute(identity, torch.numericClass()),
          settings.slots(),
          settings.device());
      return process;
    } catch (RuntimeException | InterruptedException e) {
      if (connections != null) {
        connections.close();
      }
      metrics.close();
      throw e;
    }
  }

  /**
   * Says every few seconds that this worker is there, until it is closed.
   *
   * @throws Lost if neither Temporal nor the store have answered for ten minutes, or a unit of work
   *     hangs
   */
  public void run() throws InterruptedException {
    long lastAnswer = System.nanoTime();
    long lastOwned = lastAnswer;
    while (!closed.await(REPORT.toMillis(), TimeUnit.MILLISECONDS)) {
      if (isClosing()) {
        continue;
      }
      if (standstill) {
        throw new Lost(
            "a unit of work hangs (see above): this worker ends, so that it goes on elsewhere");
      }
      if (report() || connections.temporalAnswers()) {
        lastAnswer = System.nanoTime();
        lastOwned = requireOwnStore(lastOwned);
      } else if (System.nanoTime() - lastAnswer > LOST_FOR_GOOD.toNanos()) {
        throw new Lost(
            "neither Temporal (%s) nor the store (%s) has answered for %d minutes: giving up"
                .formatted(
                    settings.temporal(),
                    Store.withoutPassword(settings.mongodb()),
                    LOST_FOR_GOOD.toMinutes()));
      }
    }
  }

  /**
   * Ends the worker when another Temporal has run the store's experiments for a while.
   *
   * @param before when it was last known to be this one's
   * @return when it is now
   */
  private long requireOwnStore(long before) {
    long now = System.nanoTime();
    Optional<String> other;
    try {
      other = connections.otherOwner();
    } catch (RuntimeException e) {
      log.debug("it cannot be asked just now who runs the store's experiments", e);
      return now;
    }
    if (other.isPresent() && now - before > Connections.OWN_STORE.toNanos()) {
      throw new InvalidInput(
          "the experiments of this store are now run by the Temporal %s: this worker's is no longer needed"
              .formatted(other.get()));
    }
    return other.isPresent() ? before : now;
  }

  private boolean report() {
    try {
      connections
          .store()
          .workers()
          .report(
              new WorkerDocument(
                  id,
                  settings.queue(),
                  settings.device(),
                  torch.numericClass(),
                  settings.slots(),
                  hostName(),
                  ProcessHandle.current().pid(),
                  Instant.now()));
      return true;
    } catch (RuntimeException e) {
      log.debug("the store does not take the report that this worker is there", e);
      return false;
    }
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private synchronized boolean isClosing() {
    return closing;
  }

  /**
   * Drains: no new work; what computes is interrupted, stops at its next step boundary, keeps its
   * checkpoint and hands the rest on. A second caller waits for the first.
   */
  @Override
  public void close() {
    boolean first;
    synchronized (this) {
      first = !closing;
      closing = true;
    }
    if (first) {
      log.info("draining");
      factory.shutdownNow();
      factory.awaitTermination(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
      if (factory.isTerminated()) {
        registered.close(); // else it is still in use, and goes with the process
      }
      leave();
      connections.close();
      metrics.close();
      log.info(
          factory.isTerminated()
              ? "drained"
              : "not all work stopped within {} s; it goes on from its last checkpoint",
          DRAIN.toSeconds());
      closed.countDown();
    } else {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Lets {@link #run} end, and the process with it, whatever hangs in it: a thread in a native call
   * hears no interruption.
   */
  private void leaveStandstill() {
    standstill = true;
    CompletableFuture.delayedExecutor(LEAVE.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> Runtime.getRuntime().halt(1));
  }

  private void leave() {
    try {
      connections.store().workers().leave(id);
    } catch (RuntimeException e) {
      log.debug("the store does not take the goodbye", e);
    }
  }
}
