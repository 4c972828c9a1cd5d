package dev.espalier.workers;

import com.uber.m3.tally.Scope;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Store;
import dev.espalier.workflows.WorkflowJson;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's ways to Temporal's server and to the store: waited for while they start, come back to
 * when they return.
 */
final class Connections implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  /*
   * A channel backs off for up to two minutes before it tries a dead server again. A server that was killed is back in
   * a second or two, so the back-off starts anew this often.
   */
  private static final Duration RECONNECT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final Store store;

  private Connections(WorkflowServiceStubs stubs, WorkflowClient client, Store store) {
    this.stubs = stubs;
    this.client = client;
    this.store = store;
  }

  /**
   * Connects to both.
   *
   * @throws Lost if one does not answer within the time
   */
  static Connections open(
      WorkerSettings settings, Scope metrics, String identity, Duration patience)
      throws InterruptedException {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(settings.temporal())
                .setMetricsScope(metrics)
                .setGrpcReconnectFrequency(RECONNECT)
                .setConnectionBackoffResetFrequency(RECONNECT)
                .build());
    WorkflowClient client =
        WorkflowClient.newInstance(
            stubs,
            WorkflowClientOptions.newBuilder()
                .setDataConverter(WorkflowJson.converter())
                .setIdentity(identity)
                .build());
    Connections connections = new Connections(stubs, client, Store.connect(settings.mongodb()));
    try {
      await("Temporal's server at " + settings.temporal(), patience, connections::temporalAnswers);
      await("the store at " + settings.mongodb(), patience, connections::storeAnswers);
      return connections;
    } catch (RuntimeException | InterruptedException e) {
      connections.close();
      throw e;
    }
  }

  private static void await(String what, Duration patience, BooleanSupplier answers)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (!answers.getAsBoolean()) {
      if (System.nanoTime() >= deadline) {
        throw new Lost(
            "%s has not answered for %d s: start it, or correct its address"
                .formatted(what, patience.toSeconds()));
      }
      if (!told) {
        log.info("waiting for {}", what);
        told = true;
      }
      Thread.sleep(PAUSE);
    }
  }

  boolean temporalAnswers() {
    try {
      stubs.healthCheck();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  boolean storeAnswers() {
    try {
      store.ping();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  WorkflowClient client() {
    return client;
  }

  Store store() {
    return store;
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    stubs.awaitTermination(2, TimeUnit.SECONDS);
    store.close();
  }
}
