package dev.espalier.activities.unit;

import java.time.Duration;

/**
 * How much is borne with a unit of work.
 *
 * @param silence after which an attempt of someone else counts as dead; longer than the heartbeat
 *     timeout, after which the server gives the work to another
 * @param deathsInCompany how many processes in a row may die while they work at the unit beside
 *     others, before it gets one of its own
 * @param deathsAlone how many of its own processes may die in a row, if {@code timeAlone} has
 *     passed as well
 * @param timeAlone what these attempts and the waits between them must have taken
 * @param stillness what is borne with an attempt that comes no step further
 * @param longestWait after the death of its own process: the first wait is two seconds, each next
 *     one twice as long, up to this
 */
public record Patience(
    Duration silence,
    int deathsInCompany,
    int deathsAlone,
    Duration timeAlone,
    Stillness stillness,
    Duration longestWait) {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

  public static Patience usual() {
    return new Patience(
        Duration.ofSeconds(12),
        2,
        20,
        Duration.ofMinutes(30),
        new Stillness(Duration.ofMinutes(30), 20, 4),
        Duration.ofMinutes(2));
  }

  /**
   * @param deaths of its own process so far, at least one
   */
  Duration waitAfter(int deaths) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(deaths - 1, 20));
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }
}
