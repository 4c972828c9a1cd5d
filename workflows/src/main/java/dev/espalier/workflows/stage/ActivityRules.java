package dev.espalier.workflows.stage;

import dev.espalier.workflows.TaskQueues;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How activities are retried, and why. */
public final class ActivityRules {
  /** Failure types that no retry mends; the wire names of {@code dev.espalier.search.failure}. */
  public static final String INVALID_INPUT = "InvalidInput";

  public static final String DIVERGED = "Diverged";
  public static final String OUT_OF_MEMORY = "OutOfMemory";
  public static final String EXHAUSTED = "Exhausted";

  /**
   * An artifact in the store is missing or damaged; the failure's first detail is its SHA-256. What
   * made it has to run again.
   */
  public static final String CORRUPT_ARTIFACT = "CorruptArtifact";

  /**
   * The store does not have what the workflow goes by: it is older than Temporal, after a loss of
   * power or from a copy. The experiment has to go on from what there is.
   */
  public static final String STORE_BEHIND = "StoreBehind";

  /** Lost infrastructure: retried without limit. */
  public static final String LOST = "Lost";

  /** Stopped on purpose, by a pause or a draining worker: continued elsewhere at once. */
  public static final String STOPPED = "Stopped";

  /** Whatever else an attempt threw: tried again so often as the specification says. */
  public static final String UNEXPECTED = "Unexpected";

  private static final String[] FINAL = {
    INVALID_INPUT, DIVERGED, OUT_OF_MEMORY, EXHAUSTED, CORRUPT_ARTIFACT, STORE_BEHIND
  };

  private ActivityRules() {}

  /**
   * Whether something went wrong because the store lacks what was counted on: no fault of a unit or
   * a stage, and mended by going on from what the store has.
   */
  public static boolean isStoreLacking(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure application
          && List.of(CORRUPT_ARTIFACT, STORE_BEHIND).contains(application.getType())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a failure is the unit's answer, so that trying it again would change nothing. */
  public static boolean isFinal(ApplicationFailure failure) {
    return failure.isNonRetryable() || List.of(FINAL).contains(failure.getType());
  }

  /**
   * For activities that only touch the store: short, retried without limit, since a lost store
   * comes back. A start-to-close timeout of 30 s notices a worker that died with one in hand. A
   * cancellation waits for the one in hand, so that notes are made in the order of what they tell.
   */
  public static ActivityOptions bookkeeping(@Nullable String store) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.workflows(store))
        .setStartToCloseTimeout(Duration.ofSeconds(30))
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(retry())
        .build();
  }

  /**
   * For activities that compute. A heartbeat a second, missed for ten, means that the worker is
   * gone; no bound on the length of the work itself. A cancellation is waited for, so that a
   * checkpoint is on disk before a pause is reported.
   */
  public static ActivityOptions compute(String numericClass, @Nullable String store) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.compute(store, numericClass))
        .setStartToCloseTimeout(Duration.ofDays(365))
        .setHeartbeatTimeout(Duration.ofSeconds(10))
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(retry())
        .build();
  }

  private static RetryOptions retry() {
    return RetryOptions.newBuilder()
        .setInitialInterval(Duration.ofMillis(500))
        .setBackoffCoefficient(2)
        .setMaximumInterval(Duration.ofSeconds(15))
        .setDoNotRetry(FINAL)
        .build();
  }
}
