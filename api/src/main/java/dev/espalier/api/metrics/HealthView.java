package dev.espalier.api.metrics;

import org.jspecify.annotations.Nullable;

/**
 * How the API is.
 *
 * @param status UP or DOWN: whether requests can be answered, which takes the store alone
 */
public record HealthView(String status, String version, Part store, Part temporal) {
  static final String UP = "UP";
  static final String DOWN = "DOWN";

  /**
   * Something the API stands on.
   *
   * @param at where it is
   * @param note its version, or why it is down
   */
  public record Part(String status, String at, @Nullable String note) {}
}
