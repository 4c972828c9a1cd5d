package dev.espalier.store;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.InvalidInput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What the records of this package check of their components. */
final class RecordChecks {
  private RecordChecks() {}

  /** A string that can stand in an {@code _id}: not empty, no white space. */
  static String id(String what, String value) {
    if (value.isEmpty() || value.chars().anyMatch(Character::isWhitespace)) {
      throw new InvalidInput(
          "%s must be a word without spaces, but was \"%s\"".formatted(what, value));
    }
    return value;
  }

  /** A string that can stand in an {@code _id} before a slash, and be the name of a field. */
  static String name(String what, String value) {
    id(what, value);
    if (value.indexOf('/') >= 0 || value.indexOf('.') >= 0 || value.startsWith("$")) {
      throw new InvalidInput(
          "%s must hold no slash, dot or leading dollar sign, but was \"%s\""
              .formatted(what, value));
    }
    return value;
  }

  /** A state that a person can wish for. */
  static void desirable(ExperimentState state) {
    if (!state.canBeDesired()) {
      throw new InvalidInput("nobody can wish an experiment to be " + state);
    }
  }

  static int notNegative(String what, int value) {
    if (value < 0) {
      throw new InvalidInput("%s cannot be negative, but was %d".formatted(what, value));
    }
    return value;
  }

  /** The instant to the millisecond, which is what the store keeps. */
  static Instant stored(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  static @Nullable Instant storedOrNull(@Nullable Instant instant) {
    return instant == null ? null : stored(instant);
  }
}
