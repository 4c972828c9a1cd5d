package dev.espalier.workflows.stage;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the units of work of one stage in parallel, in a sliding window, so that a pause stops all
 * of them at their next step and a resume runs again only what was not finished.
 */
public final class PausableUnits {
  private final Runnable onPaused;
  private final Runnable onResumed;
  private final Runnable afterPause;
  private boolean paused;
  private @Nullable CancellationScope running;

  /**
   * @param onPaused told when nothing runs any more after a pause
   * @param onResumed told when work goes on
   * @param afterPause run then, with no unit in flight: may let the workflow continue as new
   */
  public PausableUnits(Runnable onPaused, Runnable onResumed, Runnable afterPause) {
    this.onPaused = onPaused;
    this.onResumed = onResumed;
    this.afterPause = afterPause;
  }

  /** Stops the units in flight; called from a signal handler. */
  public void pause() {
    if (!paused) {
      paused = true;
      CancellationScope scope = running;
      if (scope != null) {
        scope.cancel("paused");
      }
    }
  }

  /** Lets units run again; called from a signal handler. */
  public void resume() {
    paused = false;
  }

  /** Whether a pause is wanted, which a stage that continues as new has to carry over. */
  public boolean isPaused() {
    return paused;
  }

  /**
   * Runs every unit to its end. The outcome of a unit is its result, or the typed failure that
   * ended it for good.
   *
   * @param window how many may be in flight at once
   * @param onDone told of each unit that ended, in the order of ending
   */
  public <U, R> List<Outcome<R>> run(
      List<U> units, int window, Function<U, R> work, BiConsumer<U, Outcome<R>> onDone) {
    Map<Integer, Outcome<R>> outcomes = new TreeMap<>();
    while (outcomes.size() < units.size()) {
      waitWhilePaused();
      CancellationScope scope =
          Workflow.newCancellationScope(() -> pass(units, window, work, onDone, outcomes));
      running = scope;
      try {
        scope.run();
      } catch (CanceledFailure e) {
        boolean byPause = // even if a resume came before the last unit had stopped
            scope.isCancelRequested() && !CancellationScope.current().isCancelRequested();
        if (!byPause) {
          throw e;
        }
      } finally {
        running = null;
      }
      if (CancellationScope.current().isCancelRequested()) {
        throw new CanceledFailure("cancelled");
      }
    }
    return List.copyOf(outcomes.values());
  }

  private void waitWhilePaused() {
    if (!paused) {
      return;
    }
    while (paused) { // again where the next pause comes while the resume is noted
      onPaused.run();
      Workflow.await(() -> !paused);
      onResumed.run();
    }
    afterPause.run();
  }

  private <U, R> void pass(
      List<U> units,
      int window,
      Function<U, R> work,
      BiConsumer<U, Outcome<R>> onDone,
      Map<Integer, Outcome<R>> outcomes) {
    List<Promise<Void>> inFlight = new ArrayList<>();
    int[] active = {0};
    @Nullable TemporalFailure ended = null;
    for (int i = 0; i < units.size() && ended == null; i++) {
      if (outcomes.containsKey(i)) {
        continue;
      }
      try {
        Workflow.await(() -> active[0] < window);
      } catch (CanceledFailure e) {
        ended = e; // no further unit begins; those in flight are waited for below
        continue;
      }
      int index = i;
      active[0]++;
      inFlight.add(
          Async.procedure(() -> {
            try {
              Outcome<R> outcome = attempt(units.get(index), work);
              outcomes.put(index, outcome);
              onDone.accept(units.get(index), outcome);
            } finally {
              active[0]--;
            }
          }));
    }
    for (Promise<Void> each : inFlight) {
      try {
        each.get();
      } catch (TemporalFailure e) {
        ended = e;
      }
    }
    if (ended != null) {
      throw ended;
    }
  }

  private static <U, R> Outcome<R> attempt(U unit, Function<U, R> work) {
    try {
      return new Outcome.Done<>(work.apply(unit));
    } catch (ActivityFailure e) {
      if (ActivityRules.isStoreLacking(e)) {
        throw e; // no answer of this unit: the stage ends, to be begun from what the store has
      }
      boolean stopped = CancellationScope.current().isCancelRequested();
      if (e.getCause() instanceof ApplicationFailure failure
          && (ActivityRules.isFinal(failure) || !stopped)) {
        return new Outcome.Failed<>(failure.getType(), failure.getOriginalMessage());
      }
      if (e.getCause() instanceof CanceledFailure canceled) {
        throw canceled;
      }
      if (stopped) {
        // Its worker was lost or drained before it could stop: a unit that is being cancelled is
        // not tried again by the server, but it has no answer either.
        throw new CanceledFailure("stopped without an answer: " + e.getMessage());
      }
      throw e;
    }
  }

  /** How a unit of work ended. */
  public sealed interface Outcome<R> {
    record Done<R>(R result) implements Outcome<R> {}

    /**
     * @param type a constant of {@link ActivityRules}
     * @param reason in words
     */
    record Failed<R>(String type, String reason) implements Outcome<R> {}
  }
}
