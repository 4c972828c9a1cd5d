package dev.espalier.search.specification;

/**
 * What happens when a unit of work fails.
 *
 * @param attemptsWithoutProgress lost attempts after which a unit counts as failed
 * @param onDiverged {@code continue} (the candidate or evaluation is marked, the round goes on) or
 *     {@code stop} (the experiment needs attention)
 */
public record FailureSettings(int attemptsWithoutProgress, String onDiverged) {
  public FailureSettings {
    Require.positive("attemptsWithoutProgress", attemptsWithoutProgress);
    Require.oneOf("onDiverged", onDiverged, "continue", "stop");
  }
}
