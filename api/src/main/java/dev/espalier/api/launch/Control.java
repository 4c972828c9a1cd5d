package dev.espalier.api.launch;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;

/** Writes what a person wants into the store; the reconciler tells the workflow. */
public final class Control implements Controlling {
  private final Store store;
  private final Reconciler reconciler;

  public Control(Store store, Reconciler reconciler) {
    this.store = store;
    this.reconciler = reconciler;
  }

  @Override
  public void pause(String id) {
    want(id, ExperimentState.PAUSED);
  }

  @Override
  public void resume(String id) {
    want(id, ExperimentState.RUNNING);
  }

  @Override
  public void cancel(String id) {
    want(id, ExperimentState.CANCELLED);
  }

  @Override
  public void retry(String id, String stage) {
    ExperimentDocument experiment = unfinished(id);
    if (experiment.state() != ExperimentState.NEEDS_ATTENTION) {
      throw new InvalidInput(
          "%s is %s: only an experiment that needs attention can be retried"
              .formatted(id, experiment.state()));
    }
    boolean failed =
        stage.isEmpty()
            || experiment.stages().stream()
                .anyMatch(each -> each.name().equals(stage) && each.state() == StageState.FAILED);
    if (!failed) {
      throw new InvalidInput(
          "stage %s of %s has not failed: leave --stage out to retry the one that has"
              .formatted(stage, id));
    }
    if (!store.experiments().steering(id).isRetryPending()) {
      store.experiments().requestRetry(id, stage);
    }
    reconciler.soon(id);
  }

  private void want(String id, ExperimentState desired) {
    unfinished(id);
    if (store.experiments().setDesired(id, desired)) {
      reconciler.soon(id);
    }
  }

  private ExperimentDocument unfinished(String id) {
    ExperimentDocument experiment =
        store
            .experiments()
            .find(id)
            .orElseThrow(
                () -> new NotFound("there is no experiment %s. Run: espalier list".formatted(id)));
    if (experiment.state().isOver()) {
      throw new InvalidInput("%s is over: it is %s".formatted(id, experiment.state()));
    }
    return experiment;
  }
}
