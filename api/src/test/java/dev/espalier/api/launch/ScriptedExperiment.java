package dev.espalier.api.launch;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.experiment.ExperimentStatus;
import dev.espalier.workflows.experiment.ExperimentWorkflow;
import io.temporal.workflow.Workflow;

/**
 * An experiment's workflow that touches no store. Its salt says what it does: {@code end} at once,
 * {@code chain/N} continues as new N times and then waits, {@code trip} trips over its own code
 * until that is mended; else it waits until it is cancelled.
 */
public final class ScriptedExperiment implements ExperimentWorkflow {
  /** Another build, for {@code trip}. */
  static volatile boolean mended;

  private boolean cancelled;

  @Override
  public void run(ExperimentInput input) {
    String[] script = input.salt().split("/", 2);
    if (script[0].equals("chain") && !script[1].equals("0")) {
      String next = "chain/" + (Integer.parseInt(script[1]) - 1);
      Workflow.newContinueAsNewStub(ExperimentWorkflow.class)
          .run(
              new ExperimentInput(
                  input.experimentId(),
                  input.specification(),
                  input.numericClass(),
                  input.dataDigest(),
                  next,
                  input.plan(),
                  input.store(),
                  input.paused(),
                  null,
                  null));
    }
    if (script[0].equals("trip") && !mended) {
      throw new IllegalArgumentException("a round of minus one candidates");
    }
    if (!script[0].equals("end") && !script[0].equals("trip")) {
      Workflow.await(() -> cancelled);
    }
  }

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void retry(int number) {}

  @Override
  public ExperimentStatus status() {
    return new ExperimentStatus(ExperimentState.RUNNING, "");
  }
}
