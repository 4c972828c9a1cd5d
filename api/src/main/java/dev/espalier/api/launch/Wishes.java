package dev.espalier.api.launch;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Steering;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.client.Heard;
import dev.espalier.workflows.client.WorkflowRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells workflows what people want: each wish once to each run, for Temporal keeps what it has
 * taken, and takes only so many signals for a run.
 */
final class Wishes {
  /** However often people change their minds: what they want last is told, once in this time. */
  private static final Duration APART = Duration.ofSeconds(1);

  /** A wish is obeyed within seconds by a workflow that decides at all. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Temporal tries a failed decision again at once, then with pauses that grow. */
  private static final int STUCK = 5;

  private final Store store;
  private final ExperimentClient client;
  private final Map<String, Long> toldNanos = new HashMap<>();
  private final Map<String, Long> disobeyedNanos = new HashMap<>();

  Wishes(Store store, ExperimentClient client) {
    this.store = store;
    this.client = client;
  }

  /**
   * Tells a running workflow what it does not know yet.
   *
   * @return why it can be told nothing, so that it has to be started again; empty if all is well
   */
  Optional<String> tell(ExperimentDocument experiment, Steering steering, WorkflowRun run) {
    String id = experiment.id();
    if (steering.isKnownTo(run.id())) {
      return stuck(experiment, steering, run);
    }
    disobeyedNanos.remove(id);
    long now = System.nanoTime();
    Long before = toldNanos.get(id);
    if (before != null && now - before < APART.toNanos()) {
      return Optional.empty(); // the next pass is soon
    }
    toldNanos.put(id, now);
    Heard heard = steering.wishes() == 0 ? Heard.HEARD : signal(id, steering);
    if (heard == Heard.HEARD) {
      store.experiments().noteTold(id, steering.knownTo(run.id()));
    }
    return heard == Heard.REFUSED
        ? Optional.of("Temporal takes no more signals for its workflow")
        : Optional.empty();
  }

  private Heard signal(String id, Steering steering) {
    Heard heard =
        switch (steering.desired()) {
          case CANCELLED -> client.cancel(id);
          case PAUSED -> client.pause(id);
          default -> client.resume(id);
        };
    return heard == Heard.HEARD && steering.isRetryPending()
        ? client.retry(id, steering.retries())
        : heard;
  }

  /** A workflow that was told, does not obey and fails at each decision, never will. */
  private Optional<String> stuck(
      ExperimentDocument experiment, Steering steering, WorkflowRun run) {
    if (isObeyed(experiment, steering)) {
      disobeyedNanos.remove(experiment.id());
      return Optional.empty();
    }
    long since = disobeyedNanos.computeIfAbsent(experiment.id(), _ -> System.nanoTime());
    return System.nanoTime() - since > PATIENCE.toNanos() && client.failedDecisions(run) >= STUCK
        ? Optional.of("its workflow fails at every decision")
        : Optional.empty();
  }

  private static boolean isObeyed(ExperimentDocument experiment, Steering steering) {
    boolean paused = experiment.state() == ExperimentState.PAUSED;
    return switch (steering.desired()) {
      case CANCELLED -> false;
      case PAUSED -> paused || experiment.state() == ExperimentState.NEEDS_ATTENTION;
      default -> !paused;
    };
  }

  /** The experiment is over. */
  void forget(String id) {
    toldNanos.remove(id);
    disobeyedNanos.remove(id);
  }
}
