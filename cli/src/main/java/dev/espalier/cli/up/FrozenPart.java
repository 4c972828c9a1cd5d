package dev.espalier.cli.up;

import java.time.Duration;

/**
 * When a part that runs but does not answer counts as frozen. Counted, not timed: a supervisor that
 * was itself stopped for a while has asked nobody meanwhile.
 *
 * @param pause between two questions
 * @param patience how long an answer may take
 * @param misses so many in a row
 */
record FrozenPart(Duration pause, Duration patience, int misses) {
  /** A minute and a half, on a machine however loaded. */
  static final FrozenPart STANDARD =
      new FrozenPart(Duration.ofSeconds(5), Duration.ofSeconds(10), 6);
}
