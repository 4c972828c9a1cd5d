package dev.espalier.workers;

import com.uber.m3.tally.Scope;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Lease;
import dev.espalier.store.Store;
import dev.espalier.workflows.WorkflowJson;
import dev.espalier.workflows.client.TemporalNamespace;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.Optional;
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
  static final Duration OWN_STORE = Duration.ofSeconds(45);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final Store store;
  private final String namespace;

  private Connections(
      WorkflowServiceStubs stubs, WorkflowClient client, Store store, String namespace) {
    this.stubs = stubs;
    this.namespace = namespace;
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
                .setNamespace(settings.namespace())
                .build());
    Connections connections =
        new Connections(stubs, client, Store.connect(settings.mongodb()), settings.namespace());
    try {
      await("Temporal's server at " + settings.temporal(), patience, connections::temporalAnswers);
      await("the store at " + connections.store(), patience, connections::storeAnswers);
      connections.awaitOwnStore();
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

  /**
   * Waits for the store to be run by this Temporal: one whose database was lost is known to the
   * store under another name until the API has seen it.
   *
   * @throws InvalidInput if it stays another's
   */
  private void awaitOwnStore() throws InterruptedException {
    long deadline = System.nanoTime() + OWN_STORE.toNanos();
    while (true) {
      boolean late = System.nanoTime() >= deadline;
      try {
        Optional<String> other = otherOwner();
        if (other.isEmpty()) {
          return;
        }
        if (late) {
          throw new InvalidInput(
              ("the experiments of this store are run by the Temporal %s: "
                      + "work for that one, or give a store of its own to this one")
                  .formatted(other.get()));
        }
      } catch (Lost e) {
        if (late) {
          throw e;
        }
      }
      Thread.sleep(PAUSE);
    }
  }

  /** Where the store's experiments are run, if not by this worker's Temporal. */
  Optional<String> otherOwner() {
    String mine = TemporalNamespace.id(stubs, namespace);
    return store
        .lease()
        .find()
        .filter(held -> !held.namespaceId().equals(mine))
        .map(Lease.Held::words);
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
