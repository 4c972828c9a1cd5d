package dev.espalier.api.launch;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentState;
import dev.espalier.store.Retry;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.client.ExperimentClient.Presence;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a person wants into the store, then tells the workflow. */
public final class Control implements Controlling {
  private static final Logger log = LoggerFactory.getLogger(Control.class);

  private final Store store;
  private final ExperimentClient client;
  private final Tenure tenure;

  public Control(Store store, ExperimentClient client, Tenure tenure) {
    this.tenure = tenure;
    this.store = store;
    this.client = client;
  }

  @Override
  public void pause(String id) {
    want(id, ExperimentState.PAUSED, client::pause);
  }

  @Override
  public void resume(String id) {
    want(id, ExperimentState.RUNNING, client::resume);
  }

  @Override
  public void cancel(String id) {
    want(id, ExperimentState.CANCELLED, client::cancel);
  }

  @Override
  public void retry(String id, String stage) {
    ExperimentDocument experiment = unfinished(id);
    if (!experiment.state().equals(ExperimentState.NEEDS_ATTENTION)) {
      throw new InvalidInput(
          "%s is %s: only an experiment that needs attention can be retried"
              .formatted(id, experiment.state()));
    }
    boolean failed =
        stage.isEmpty()
            || experiment.stages().stream()
                .anyMatch(each -> each.name().equals(stage) && each.state().equals("FAILED"));
    if (!failed) {
      throw new InvalidInput(
          "stage %s of %s has not failed: leave --stage out to retry the one that has"
              .formatted(stage, id));
    }
    Retry retry = store.experiments().requestRetry(id, stage);
    tell(
        id,
        each -> {
          if (client.presence(each) == Presence.RUNNING) {
            client.retry(each, retry.number());
          } else {
            client.start(Inputs.of(experiment, store));
          }
        });
  }

  private void want(String id, String desired, Consumer<String> signal) {
    unfinished(id);
    store.experiments().setDesired(id, desired);
    tell(id, signal);
  }

  private ExperimentDocument unfinished(String id) {
    ExperimentDocument experiment =
        store
            .experiments()
            .find(id)
            .orElseThrow(
                () -> new NotFound("there is no experiment %s. Run: espalier list".formatted(id)));
    if (ExperimentState.isOver(experiment.state())) {
      throw new InvalidInput("%s is over: it is %s".formatted(id, experiment.state()));
    }
    return experiment;
  }

  /** The wish is in the store: {@link Reconciler} repeats it to a server that is away now. */
  private void tell(String id, Consumer<String> signal) {
    if (!tenure.isHeld()) {
      return;
    }
    try {
      signal.accept(id);
    } catch (Lost e) {
      log.warn(
          "what was asked of {} takes effect when Temporal's server is back: {}",
          id,
          e.getMessage());
    }
  }
}
