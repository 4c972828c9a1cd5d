package dev.espalier.workflows.stage;

import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import io.temporal.failure.ApplicationFailure;
import java.util.function.Supplier;

/**
 * Gives failures of a stage's own code the type by which Temporal fails a workflow. Any other
 * exception is a defect: it holds the workflow until the code is mended, and loses nothing.
 */
public final class TypedFailures {
  private TypedFailures() {}

  /** Runs a stage; what it finds wrong ends it, in words. */
  public static <R> R typed(Supplier<R> stage) {
    try {
      return stage.get();
    } catch (InvalidInput e) {
      throw failure(e, ActivityRules.INVALID_INPUT);
    } catch (Diverged e) {
      throw failure(e, ActivityRules.DIVERGED);
    }
  }

  private static ApplicationFailure failure(RuntimeException cause, String type) {
    return ApplicationFailure.newNonRetryableFailureWithCause(
        String.valueOf(cause.getMessage()), type, cause);
  }
}
