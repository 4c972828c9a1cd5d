package dev.espalier.workflows.stage;

import dev.espalier.workflows.stage.PausableUnits.Outcome;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.function.Function;

/** A stage, or a step of one, that is a single unit of work and cannot do without its result. */
public final class SingleUnit {
  private SingleUnit() {}

  /** Runs one unit; a failure of it fails the stage. */
  public static <U, R> R run(PausableUnits units, U unit, Function<U, R> work) {
    List<Outcome<R>> outcomes = units.run(List.of(unit), 1, work, (each, outcome) -> {});
    return orFail(outcomes.getFirst());
  }

  /** The result of a unit that the stage cannot do without. */
  public static <R> R orFail(Outcome<R> outcome) {
    return switch (outcome) {
      case Outcome.Done<R>(R result) -> result;
      case Outcome.Failed<R>(String type, String reason) ->
          throw ApplicationFailure.newNonRetryableFailure(reason, type);
    };
  }
}
