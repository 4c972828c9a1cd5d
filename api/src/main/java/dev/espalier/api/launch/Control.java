package dev.espalier.api.launch;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.StateConflict;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;

/** Writes what a person wants into the store; the reconciler tells the workflow. */
public final class Control implements Controlling {
  private final Store store;
  private final Reconciler reconciler;
  private final Retries retries;

  public Control(Store store, Reconciler reconciler) {
    this.store = store;
    this.reconciler = reconciler;
    this.retries = new Retries(store);
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
  public boolean retry(String id, String stage, String by) {
    boolean asked = retries.ask(id, stage, by);
    reconciler.soon(id);
    return asked;
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
      throw new StateConflict("%s is over: it is %s".formatted(id, experiment.state()));
    }
    return experiment;
  }
}
