package dev.espalier.api.view;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Seconds between two instants, to the millisecond; 0 for what has not begun. */
final class Elapsed {
  private Elapsed() {}

  static double seconds(@Nullable Instant started, @Nullable Instant ended, Instant now) {
    if (started == null) {
      return 0;
    }
    Duration duration = Duration.between(started, ended == null ? now : ended);
    return Math.max(0, duration.toMillis()) / 1000.0;
  }
}
