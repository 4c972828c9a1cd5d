package dev.espalier.api.launch;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Steering;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.client.RunHistory;
import dev.espalier.workflows.client.WorkflowRun;
import dev.espalier.workflows.experiment.ExperimentInput;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one experiment's document and its workflow together: starts what was launched and never
 * started, starts again what Temporal no longer knows or what has closed without its end being in
 * the store, and tells what people want.
 */
final class Reconciliation {
  private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);

  private final Store store;
  private final ExperimentClient client;
  private final Wishes wishes;
  private final Stuck stuck;

  Reconciliation(Store store, ExperimentClient client) {
    this.store = store;
    this.client = client;
    this.wishes = new Wishes(store, client);
    this.stuck = new Stuck(store, client);
  }

  void of(String id) {
    Optional<WorkflowRun> run = client.run(id);
    // Read after asking: a workflow that has closed has written its end before.
    Optional<ExperimentDocument> now =
        store.experiments().find(id).filter(experiment -> !experiment.state().isOver());
    if (now.isEmpty()) {
      wishes.forget(id);
      return;
    }
    ExperimentDocument experiment = now.get();
    Steering steering = store.experiments().steering(id);
    if (run.isEmpty()) {
      absent(experiment, steering);
    } else if (run.get().isRunning()) {
      stuck.look(experiment);
      wishes
          .tell(experiment, steering, run.get())
          .ifPresent(why -> renew(experiment, steering, run.get(), why));
    } else {
      closed(experiment, steering, run.get());
    }
  }

  private void absent(ExperimentDocument experiment, Steering steering) {
    boolean continued = endNameless(experiment);
    if (isCancelled(experiment, steering) || waitsForAPerson(experiment, steering)) {
      return;
    }
    if (!continued && experiment.state() != ExperimentState.QUEUED) {
      tell(
          experiment,
          "Temporal no longer knew this experiment: it is started again and takes up what is recorded");
    }
    start(experiment, steering);
  }

  /** Whether it ran under the name that it had when stores had none: that run is ended. */
  private boolean endNameless(ExperimentDocument experiment) {
    Optional<WorkflowRun> nameless =
        client
            .namelessRun(experiment.id())
            .filter(WorkflowRun::isRunning)
            .filter(run -> client.isGiven(run, inputOf(experiment)));
    if (nameless.isEmpty()) {
      return false;
    }
    client.supersede(nameless.get(), "it goes by the name of its store now");
    tell(experiment, "Began with an older version of Espalier: it goes on from what is recorded");
    return true;
  }

  /** Whether an input is this experiment's: another store may have one of the same id. */
  static Predicate<ExperimentInput> inputOf(ExperimentDocument experiment) {
    return input ->
        input.specification().equals(experiment.specification())
            && input.salt().equals(experiment.salt());
  }

  private boolean isCancelled(ExperimentDocument experiment, Steering steering) {
    if (steering.desired() != ExperimentState.CANCELLED) {
      return false;
    }
    cancelled(experiment, "cancelled by a person");
    return true;
  }

  private void cancelled(ExperimentDocument experiment, String reason) {
    store.experiments().updateState(experiment.id(), ExperimentState.CANCELLED, reason);
  }

  private static boolean waitsForAPerson(ExperimentDocument experiment, Steering steering) {
    return experiment.state() == ExperimentState.NEEDS_ATTENTION && !steering.isRetryPending();
  }

  /** Its workflow has ended, the experiment has not. */
  private void closed(ExperimentDocument experiment, Steering steering, WorkflowRun run) {
    if (isCancelled(experiment, steering) || waitsForAPerson(experiment, steering)) {
      return;
    }
    if (steering.isRetryPending()) {
      start(experiment, steering);
      return;
    }
    Optional<RunHistory> history = client.history(run);
    switch (run.state()) {
      case RUNNING, CONTINUED -> {} // another run has begun meanwhile
      case CANCELLED -> cancelled(experiment, "cancelled by Temporal's own means");
      case COMPLETED -> {
        if (history.map(RunHistory::isToldToCancel).orElse(false)) {
          cancelled(experiment, "cancelled by a person");
        } else {
          tell(
              experiment,
              "Its workflow has ended, but its end is not in the store, which is older: "
                  + "it is started again and takes up what is recorded");
          start(experiment, steering);
        }
      }
      case TERMINATED, FAILED, TIMED_OUT -> {
        if (history.map(RunHistory::isSuperseded).orElse(false)) {
          start(experiment, steering);
        } else {
          attention(
              experiment,
              "its workflow was ended outside of Espalier%s. To start it again: espalier retry %s"
                  .formatted(
                      history
                          .map(RunHistory::reason)
                          .filter(reason -> !reason.isBlank())
                          .map(reason -> ": " + reason)
                          .orElse(""),
                      experiment.id()));
        }
      }
    }
  }

  /**
   * Ends a run that nothing can be told any more, and starts one that begins with what is wanted.
   */
  private void renew(
      ExperimentDocument experiment, Steering steering, WorkflowRun run, String why) {
    client.supersede(run, why);
    if (!isCancelled(experiment, steering)) {
      tell(experiment, "Started again from what is recorded: " + why);
      start(experiment, steering);
    }
  }

  private void start(ExperimentDocument experiment, Steering steering) {
    ExperimentInput input;
    try {
      input = Inputs.of(experiment, store);
    } catch (InvalidInput | IllegalArgumentException e) {
      attention(experiment, "it cannot be read by this version: " + e.getMessage());
      return;
    }
    client
        .start(input)
        .ifPresent(run -> store.experiments().noteTold(experiment.id(), steering.knownTo(run)));
  }

  private void attention(ExperimentDocument experiment, String reason) {
    store.experiments().updateState(experiment.id(), ExperimentState.NEEDS_ATTENTION, reason);
  }

  private void tell(ExperimentDocument experiment, String words) {
    store
        .events()
        .append(
            experiment.id(), "restarted/" + System.currentTimeMillis(), "recovered", words, "api");
    log.warn("{}: {}", experiment.id(), words);
  }
}
