package dev.espalier.workflows.method.neuralpredictor;

import java.util.List;

/**
 * Indicators that were measured of all that is learned from or ranked.
 *
 * @param names of them
 * @param measured architectures; of those that compute the same one is measured
 * @param columns SHA-256 of an artifact: where each architecture stands by each of them
 */
public record IndicatorColumns(List<String> names, int measured, String columns) {
  /**
   * The series that tells, by shard, what measuring took: CPU seconds. It stands beside the result,
   * since no two runs take the same.
   */
  public static final String CPU_SECONDS = "indicator-cpu-seconds";

  public IndicatorColumns {
    names = List.copyOf(names);
  }
}
