package dev.espalier.cli.up;

import java.time.Duration;

/**
 * How long to wait before a part is started again: little after it ran well, doubling while it
 * keeps dying.
 */
record Backoff(Duration first, Duration longest, Duration ranWell) {
  static final Backoff STANDARD =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15), Duration.ofSeconds(30));

  Duration after(Duration before, Duration ran) {
    if (before.isZero() || ran.compareTo(ranWell) >= 0) {
      return first;
    }
    Duration doubled = before.multipliedBy(2);
    return doubled.compareTo(longest) > 0 ? longest : doubled;
  }
}
