package dev.espalier.activities.unit;

import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.search.failure.OutOfMemory;
import dev.espalier.store.Store;
import dev.espalier.store.UnitAttempt;
import dev.espalier.store.Units;
import dev.espalier.workflows.stage.ActivityRules;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs units of work as activities: counts attempts and recoveries, beats, stops at step
 * boundaries, and gives every failure its type.
 */
public final class UnitsOfWork {
  /*
   * An attempt that throws something unexpected is left open in the store, as one whose process died is: both count as
   * lost when the next attempt begins, so that a unit which kills its worker, and one which trips over a defect, end
   * after the same number of tries instead of never.
   */
  private static final Logger log = LoggerFactory.getLogger(UnitsOfWork.class);

  /** Longer than the heartbeat timeout, after which the server gives the work to another. */
  private static final Duration SILENCE = Duration.ofSeconds(12);

  private static final Duration POLL = Duration.ofMillis(300);

  private final Store store;
  private final EspalierMetrics metrics;
  private final String workerId;
  private final Duration silence;

  public UnitsOfWork(Store store, EspalierMetrics metrics, String workerId) {
    this(store, metrics, workerId, SILENCE);
  }

  /**
   * @param silence after which an attempt of someone else counts as dead
   */
  public UnitsOfWork(Store store, EspalierMetrics metrics, String workerId, Duration silence) {
    this.store = store;
    this.metrics = metrics;
    this.workerId = workerId;
    this.silence = silence;
  }

  /**
   * Runs one attempt in the current activity. Where another experiment is at the same unit, such as
   * a training that both need, it waits for that one.
   *
   * @param mayBeLost how many attempts in a row may be lost without progress before the unit counts
   *     as failed
   */
  public <R> R attempt(UnitName unit, int mayBeLost, Function<Attempt, R> work) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    ActivityInfo info = context.getInfo();
    String token =
        "%s/%s/%d".formatted(info.getWorkflowRunId(), info.getActivityId(), info.getAttempt());
    try (Heartbeat heartbeat = new Heartbeat(context)) {
      try {
        UnitAttempt begun = begin(unit, token, heartbeat);
        if (begun.lostWithoutProgress() >= mayBeLost) {
          store.units().end(unit.id(), token, "given up");
          throw ApplicationFailure.newNonRetryableFailure(
              "%s was lost %d times without progress, so it is not tried again by itself. The worker's log says what happened; then run: espalier retry %s"
                  .formatted(unit.words(), begun.lostWithoutProgress(), unit.experimentId()),
              ActivityRules.EXHAUSTED);
        }
        note(unit, token, begun);
        R result = work.apply(new Attempt(heartbeat, begun.previousLost()));
        store.units().end(unit.id(), token, "done");
        return result;
      } catch (Stopped stopped) {
        store.units().end(unit.id(), token, "stopped");
        throw stoppedBecause(heartbeat.lostOwnership());
      } catch (InvalidInput | Diverged | OutOfMemory e) {
        store.units().end(unit.id(), token, e.getClass().getSimpleName());
        throw ApplicationFailure.newNonRetryableFailureWithCause(
            String.valueOf(e.getMessage()), e.getClass().getSimpleName(), e);
      }
    } catch (Lost e) {
      log.warn("{}: {}", unit.words(), e.getMessage());
      throw ApplicationFailure.newFailureWithCause(
          String.valueOf(e.getMessage()), ActivityRules.LOST, e);
    } catch (IllegalStateException | IllegalArgumentException | NullPointerException e) {
      log.error("{} failed unexpectedly", unit.words(), e);
      throw e;
    }
  }

  /**
   * Begins the attempt as soon as nobody else is at the unit. An earlier attempt of the same
   * activity is over: the server has said so by giving the work out again.
   */
  private UnitAttempt begin(UnitName unit, String token, Heartbeat heartbeat) {
    String activity = token.substring(0, token.lastIndexOf('/') + 1);
    Attempt waiting = new Attempt(heartbeat, false);
    Silence others = new Silence(silence);
    while (true) {
      Optional<UnitAttempt> begun =
          store
              .units()
              .tryBegin(
                  unit.id(),
                  token,
                  workerId,
                  holder -> holder.attemptToken().startsWith(activity) || others.isDead(holder));
      if (begun.isPresent()) {
        heartbeat.also(() -> store.units().beat(unit.id(), token));
        return begun.get();
      }
      waiting.orStop();
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** Tells by its beats whether someone else's attempt is dead; no clock but this one is asked. */
  private static final class Silence {
    private final Duration limit;
    private Units.@Nullable Holder heard;
    private long sinceNanos;

    Silence(Duration limit) {
      this.limit = limit;
    }

    boolean isDead(Units.Holder holder) {
      if (!holder.equals(heard)) {
        heard = holder;
        sinceNanos = System.nanoTime();
      }
      return System.nanoTime() - sinceNanos > limit.toNanos();
    }
  }

  /**
   * Raises the alarm that something computed twice came out differently; what was recorded first
   * counts.
   */
  public void nondeterminism(String experimentId, String stage, String what) {
    metrics.nondeterminism(stage);
    store
        .events()
        .append(
            experimentId,
            "nondeterminism/" + what,
            "nondeterminism",
            "%s in stage %s gave another result than the one recorded: the first one counts. Please report this."
                .formatted(what, stage),
            workerId);
  }

  /**
   * Notes that a unit was computed to its end twice, with the same result: a worker that was taken
   * for dead was alive.
   */
  public void repeated(UnitName unit) {
    store
        .events()
        .append(
            unit.experimentId(),
            "repeated/" + unit.id(),
            "repeated",
            "%s was done twice, with the same result: its first worker had been taken for dead"
                .formatted(unit.words()),
            workerId);
  }

  private void note(UnitName unit, String token, UnitAttempt begun) {
    store.stages().addAttempt(unit.stageKey(), token);
    if (begun.previousLost()) {
      store.stages().addRecovery(unit.stageKey(), token);
      metrics.recovery(unit.stage());
      store
          .events()
          .append(
              unit.experimentId(),
              "recovered/" + token,
              "recovered",
              "%s was taken up again after its worker was lost (attempt %d)"
                  .formatted(unit.words(), begun.attempts()),
              workerId);
    }
  }

  /**
   * A drained worker's work goes on elsewhere at once; a cancelled or timed-out attempt says so to
   * the server.
   */
  private static RuntimeException stoppedBecause(
      @Nullable ActivityCompletionException lostOwnership) {
    if (lostOwnership == null || lostOwnership instanceof ActivityWorkerShutdownException) {
      return ApplicationFailure.newFailure("the worker is shutting down", ActivityRules.STOPPED);
    }
    return lostOwnership;
  }
}
