package dev.espalier.workflows.stage;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.workflows.stage.Bookkeeping.StateNote;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A stage's own entries in the experiment's log: paused and resumed. */
public final class StageNotes {
  private static final String AFTER_PAUSE = "continued-after-pause";

  private final Bookkeeping bookkeeping;
  private final StageInput input;

  public StageNotes(StageInput input) {
    this.input = input;
    this.bookkeeping =
        Workflow.newActivityStub(Bookkeeping.class, ActivityRules.bookkeeping(input.store()));
  }

  /**
   * Units that a pause stops and a resume starts again, noted in the experiment's log; for stages
   * without a loop.
   */
  public PausableUnits units() {
    return units(StageNotes::isHistoryLong, () -> input);
  }

  /**
   * Units that a pause stops and a resume starts again, noted in the experiment's log. Each pause
   * makes the history longer: beyond measure the stage continues as new after it, and what was
   * finished since is found finished.
   *
   * @param historyIsLong whether to
   * @param state what it goes on from
   */
  public PausableUnits units(BooleanSupplier historyIsLong, Supplier<StageInput> state) {
    return new PausableUnits(
        () -> note(ExperimentState.PAUSED, "Paused"),
        () -> note(ExperimentState.RUNNING, "Resumed"),
        () -> {
          // Stages that began before do not take part: their histories go on otherwise.
          if (historyIsLong.getAsBoolean()
              && Workflow.getVersion(AFTER_PAUSE, Workflow.DEFAULT_VERSION, 1) == 1) {
            Workflow.continueAsNew(state.get());
          }
        });
  }

  /** Well below the size at which the server ends a workflow. */
  public static boolean isHistoryLong() {
    return Workflow.getInfo().isContinueAsNewSuggested();
  }

  public Bookkeeping bookkeeping() {
    return bookkeeping;
  }

  /** The same input, with the whole result of an earlier stage where it was handed on as a key. */
  public StageInput with(String earlier) {
    return Optional.ofNullable(input.inputs().get(earlier))
        .flatMap(HandedOn::key)
        .map(key -> input.with(earlier, bookkeeping.stageResult(key)))
        .orElse(input);
  }

  private void note(ExperimentState state, String text) {
    // Workflow time names the event: it is the same in every replay.
    String key = "%s/%s/%d".formatted(input.stage(), state, Workflow.currentTimeMillis());
    bookkeeping.experimentState(
        new StateNote(input.experimentId(), state, input.stage(), key, text));
  }
}
