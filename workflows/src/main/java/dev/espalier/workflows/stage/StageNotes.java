package dev.espalier.workflows.stage;

import dev.espalier.workflows.experiment.Bookkeeping;
import dev.espalier.workflows.experiment.Bookkeeping.StateNote;
import io.temporal.workflow.Workflow;

/** A stage's own entries in the experiment's log: paused and resumed. */
public final class StageNotes {
  private final Bookkeeping bookkeeping;
  private final StageInput input;

  public StageNotes(StageInput input) {
    this.input = input;
    this.bookkeeping =
        Workflow.newActivityStub(Bookkeeping.class, ActivityRules.bookkeeping(input.store()));
  }

  /** Units that a pause stops and a resume starts again, noted in the experiment's log. */
  public PausableUnits units() {
    return new PausableUnits(() -> note("PAUSED", "Paused"), () -> note("RUNNING", "Resumed"));
  }

  public Bookkeeping bookkeeping() {
    return bookkeeping;
  }

  private void note(String state, String text) {
    // Workflow time names the event: it is the same in every replay.
    String key = "%s/%s/%d".formatted(input.stage(), state, Workflow.currentTimeMillis());
    bookkeeping.experimentState(
        new StateNote(input.experimentId(), state, input.stage(), key, text));
  }
}
