package dev.espalier.activities.unit;

import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Isolation.Ending;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.Lost;
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
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts of a worker that has the work from Temporal: counts attempts and recoveries, beats,
 * stops at step boundaries, and gives every failure its type.
 */
final class OwnedAttempts implements Attempts {
  /*
   * Whose fault is what:
   *
   * - What the work throws is its own. So many times in a row without a checkpoint between, and it counts as
   *   failed.
   * - The death of a process is nobody's at first: of all that was at work in it one may have killed it, or
   *   somebody did from outside. What was at work when two in a row died, with no checkpoint between, gets a
   *   process of its own. If it is innocent it ends there, or leaves a checkpoint, and is acquitted. If that one
   *   dies, nobody else has done it; the waits get longer, and only after many deaths and a long time does it
   *   count as failed. The death of the worker that watches it is none of its.
   * - Infrastructure that is away, a full disk and a stop are nobody's.
   *
   * All counts stand in the unit's document. That a process died is told by its name: one life of a process has one
   * name, and an attempt that was left open by another life than the one that finds it has died. Times are sums of what
   * the watching workers measured by their own clocks, never differences between two machines' clocks.
   */
  private static final Logger log = LoggerFactory.getLogger(OwnedAttempts.class);

  private static final Duration POLL = Duration.ofMillis(300);

  private final Store store;
  private final EspalierMetrics metrics;
  private final Units.Maker maker;
  private final FreeSpace space;
  private final Patience patience;
  private final @Nullable Isolation isolation;
  private final Runnable leave;
  private final Standstill.Pace pace = new Standstill.Pace();

  OwnedAttempts(
      Store store,
      EspalierMetrics metrics,
      String workerId,
      FreeSpace space,
      Patience patience,
      @Nullable Isolation isolation,
      Runnable leave) {
    this.store = store;
    this.metrics = metrics;
    this.maker = new Units.Maker(workerId, UUID.randomUUID().toString());
    this.space = space;
    this.patience = patience;
    this.isolation = isolation;
    this.leave = leave;
  }

  @Override
  public <R> R attempt(UnitName unit, Task<R> task, Function<Attempt, R> work) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    ActivityInfo info = context.getInfo();
    String token =
        "%s/%s/%d".formatted(info.getWorkflowRunId(), info.getActivityId(), info.getAttempt());
    Standstill standstill =
        new Standstill(patience.stillness(), pace, unit.ref().stage(), System::nanoTime);
    try (Heartbeat heartbeat = new Heartbeat(context, standstill)) {
      Attempt attempt = new Attempt(heartbeat, token, false);
      try {
        UnitAttempt begun = begin(unit, attempt, heartbeat);
        attempt = new Attempt(heartbeat, token, begun.previousLost());
        note(unit, token, begun);
        @Nullable Isolation apart = begun.deaths() >= patience.deathsInCompany() ? isolation : null;
        heartbeat.also(() -> watch(unit, token, standstill, heartbeat, apart != null));
        R result =
            apart == null
                ? work.apply(attempt)
                : alone(apart, unit, task, info.getActivityType(), attempt, begun);
        store.units().end(unit.id(), token, "done");
        return result;
      } catch (DiedAlone died) {
        throw diedAlone(unit, token, died);
      } catch (Throwable thrown) { // an Error too: it must not hold a slot or pass for a death
        throw failed(unit, task, attempt, heartbeat, thrown);
      }
    }
  }

  /**
   * Begins the attempt as soon as nobody else is at the unit. An earlier attempt of the same
   * activity is over: the server has said so by giving the work out again.
   */
  private UnitAttempt begin(UnitName unit, Attempt attempt, Heartbeat heartbeat) {
    String token = attempt.token();
    String activity = token.substring(0, token.lastIndexOf('/') + 1);
    Silence others = new Silence(patience.silence());
    while (true) {
      Optional<UnitAttempt> begun =
          store
              .units()
              .tryBegin(
                  unit.id(),
                  token,
                  maker,
                  holder -> holder.attemptToken().startsWith(activity) || others.isDead(holder));
      if (begun.isPresent()) {
        heartbeat.also(() -> store.units().beat(unit.id(), token));
        return begun.get();
      }
      attempt.orStop();
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /**
   * Raises the alarm over a unit that comes no step further, and in the end sees to it that its
   * process goes: its own, or this one, after the others have handed their work on.
   */
  private void watch(
      UnitName unit, String token, Standstill standstill, Heartbeat heartbeat, boolean alone) {
    switch (standstill.look()) {
      case NOTHING -> {}
      case ALARM -> {
        metrics.standstill(unit.ref().stage());
        String text =
            ("%s has come no step further for %,d s, far longer than any step of this stage before: "
                    + "it may hang. If nothing comes, its process ends and the unit goes on elsewhere")
                .formatted(unit.words(), standstill.seconds());
        log.warn("{}", text);
        tell(unit, "standstill/" + token, "standstill", text);
      }
      case END -> {
        if (!heartbeat.isStuck()) {
          heartbeat.stuck();
          log.error(
              "{} has come no step further for {} s: its process ends",
              unit.words(),
              standstill.seconds());
          if (!alone) {
            leave.run();
          }
        }
      }
    }
  }

  private void note(UnitName unit, String token, UnitAttempt begun) {
    store.stages().addAttempt(unit.ref().stageKey(), token);
    if (begun.previousLost()) {
      store.stages().addRecovery(unit.ref().stageKey(), token);
      metrics.recovery(unit.ref().stage());
      tell(
          unit,
          "recovered/" + token,
          "recovered",
          "%s was taken up again after its worker was lost (attempt %d)"
              .formatted(unit.words(), begun.attempts()));
    }
  }

  /** Makes the attempt in a process of its own. */
  private <R> R alone(
      Isolation ownProcess,
      UnitName unit,
      Task<R> task,
      String activity,
      Attempt attempt,
      UnitAttempt begun) {
    store.units().runsAlone(unit.id(), attempt.token());
    tell(
        unit,
        "alone/" + attempt.token(),
        "alone",
        "%s runs in a process of its own, since %d processes died in a row while they worked at it"
            .formatted(unit.words(), begun.deaths()));
    Errand errand =
        new Errand(activity, Json.write(task.request()), attempt.token(), attempt.recovery());
    long began = System.nanoTime();
    return switch (ownProcess.run(errand, attempt)) {
      case Ending.Answered(String answer) -> Json.read(answer, task.answer());
      case Ending.Failed(Failure failure) -> throw new FailedAlone(failure);
      case Ending.Died(String how) ->
          throw new DiedAlone(
              begun.deathsAlone(), how, Duration.ofNanos(System.nanoTime() - began));
    };
  }

  private RuntimeException diedAlone(UnitName unit, String token, DiedAlone died) {
    log.warn("{}: its own process {}", unit.words(), died.how);
    Duration wait = patience.waitAfter(died.before + 1);
    Units.DeathsAlone deaths;
    try {
      deaths = store.units().diedAlone(unit.id(), token, died.after.plus(wait));
    } catch (Lost e) {
      return lost(unit, Failure.of(e, space), e);
    }
    if (deaths.count() >= patience.deathsAlone()
        && deaths.lasted().compareTo(patience.timeAlone()) >= 0) {
      return givenUp(
          unit,
          token,
          "%s killed its own process %d times in a row, without progress and over %d minutes; the last one %s"
              .formatted(unit.words(), deaths.count(), deaths.lasted().toMinutes(), died.how));
    }
    tell(
        unit,
        "died-alone/" + token,
        "died",
        "%s: its own process %s (%d in a row). It is tried again in %d s"
            .formatted(unit.words(), died.how, deaths.count(), wait.toSeconds()));
    return ApplicationFailure.newBuilder()
        .setMessage("%s: its own process %s".formatted(unit.words(), died.how))
        .setType(ActivityRules.LOST)
        .setNextRetryDelay(wait)
        .build();
  }

  private RuntimeException failed(
      UnitName unit, Task<?> task, Attempt attempt, Heartbeat heartbeat, Throwable thrown) {
    Failure failure =
        thrown instanceof FailedAlone alone ? alone.failure : Failure.of(thrown, space);
    String token = attempt.token();
    try {
      return switch (failure.kind()) {
        case STOPPED -> stopped(unit, attempt, heartbeat);
        case INVALID_INPUT -> answer(unit, token, failure, ActivityRules.INVALID_INPUT, thrown);
        case DIVERGED -> answer(unit, token, failure, ActivityRules.DIVERGED, thrown);
        case OUT_OF_MEMORY -> answer(unit, token, failure, ActivityRules.OUT_OF_MEMORY, thrown);
        case CORRUPT_ARTIFACT -> corrupt(unit, token, failure, thrown);
        case STORE_BEHIND -> answer(unit, token, failure, ActivityRules.STORE_BEHIND, thrown);
        case LOST -> {
          if (attempt.isUnwanted()) {
            yield stopped(unit, attempt, heartbeat);
          }
          store.units().interrupt(unit.id(), token, "waiting: " + failure.message());
          yield lost(unit, failure, thrown);
        }
        case UNEXPECTED ->
            attempt.isUnwanted()
                ? stopped(unit, attempt, heartbeat)
                : unexpected(unit, task, token, failure, thrown);
      };
    } catch (Lost e) { // the store does not take the note: whatever was thrown is tried again
      return lost(unit, Failure.of(e, space), thrown);
    }
  }

  private RuntimeException stopped(UnitName unit, Attempt attempt, Heartbeat heartbeat) {
    store.units().interrupt(unit.id(), attempt.token(), "stopped");
    return stoppedBecause(heartbeat.lostOwnership());
  }

  private RuntimeException answer(
      UnitName unit, String token, Failure failure, String type, Throwable thrown) {
    store.units().end(unit.id(), token, type);
    return ApplicationFailure.newNonRetryableFailureWithCause(failure.message(), type, thrown);
  }

  /** No retry mends it; what made the artifact can be made to run again. */
  private RuntimeException corrupt(UnitName unit, String token, Failure failure, Throwable thrown) {
    log.error("{}: {}", unit.words(), failure.message());
    store.units().end(unit.id(), token, ActivityRules.CORRUPT_ARTIFACT);
    return ApplicationFailure.newBuilder()
        .setMessage(
            "%s: %s. Run: espalier verify, which says what is damaged; then: espalier retry %s"
                .formatted(unit.words(), failure.message(), unit.ref().experimentId()))
        .setType(ActivityRules.CORRUPT_ARTIFACT)
        .setDetails(failure.detail())
        .setNonRetryable(true)
        .setCause(thrown)
        .build();
  }

  private RuntimeException unexpected(
      UnitName unit, Task<?> task, String token, Failure failure, Throwable thrown) {
    log.error("{} failed unexpectedly", unit.words(), thrown);
    int times = store.units().threw(unit.id(), token, failure.message());
    if (times >= task.mayThrow()) {
      return givenUp(
          unit,
          token,
          "%s failed %d times without progress, the last time with %s"
              .formatted(unit.words(), times, failure.message()));
    }
    return ApplicationFailure.newFailureWithCause(
        failure.message(), ActivityRules.UNEXPECTED, thrown);
  }

  private RuntimeException givenUp(UnitName unit, String token, String why) {
    store.units().end(unit.id(), token, "given up");
    return ApplicationFailure.newNonRetryableFailure(
        "%s. It is not tried again by itself. The worker's log says more; then run: espalier retry %s"
            .formatted(why, unit.ref().experimentId()),
        ActivityRules.EXHAUSTED);
  }

  /** People hear of it once a stage and place. */
  private RuntimeException lost(UnitName unit, Failure failure, Throwable thrown) {
    log.warn("{}: {}", unit.words(), failure.message());
    tell(
        unit,
        "waiting/%s/%s".formatted(unit.ref().stage(), failure.detail()),
        "waiting",
        "%s waits: %s".formatted(unit.words(), failure.message()));
    return ApplicationFailure.newFailureWithCause(failure.message(), ActivityRules.LOST, thrown);
  }

  private void tell(UnitName unit, String key, String kind, String text) {
    try {
      store.events().append(unit.ref().experimentId(), key, kind, text, maker.worker());
    } catch (Lost e) {
      log.warn("the store does not take the event: {}", text);
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

  /** What the process of its own said of the attempt. */
  private static final class FailedAlone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FailedAlone(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }
  }

  private static final class DiedAlone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int before;
    private final String how;
    private final Duration after;

    DiedAlone(int before, String how, Duration after) {
      super(how, null, false, false);
      this.before = before;
      this.how = how;
      this.after = after;
    }
  }
}
