package dev.espalier.search.settings;

/**
 * What happens when a unit of work fails.
 *
 * @param attemptsWithoutProgress how many attempts in a row may throw something unexpected, without
 *     progress between, before a unit counts as failed; deaths of processes do not count
 * @param onDiverged {@code continue} (the candidate or evaluation is marked, the round goes on) or
 *     {@code stop} (the experiment needs attention)
 */
public record FailureSettings(int attemptsWithoutProgress, String onDiverged) {
  public FailureSettings {
    Require.positive("attemptsWithoutProgress", attemptsWithoutProgress);
    Require.oneOf("onDiverged", onDiverged, "continue", "stop");
  }
}
