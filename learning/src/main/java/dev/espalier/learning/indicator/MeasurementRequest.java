package dev.espalier.learning.indicator;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Supernet;

/**
 * What to measure.
 *
 * @param round of the search, from 0
 * @param repeat of the measurement, from 0
 * @param candidate number within the round; -1 for the un-pruned network where all share it. Where
 *     each candidate has images of its own, they are drawn by it, and the un-pruned network is
 *     asked for with the number of the candidate it is compared with
 * @param mask the active operators
 * @param ntk whether to measure the NTK condition number
 * @param regions whether to count linear regions
 */
public record MeasurementRequest(
    int round, int repeat, int candidate, Supernet mask, boolean ntk, boolean regions) {
  public MeasurementRequest {
    if (round < 0 || repeat < 0 || candidate < -1) {
      throw new InvalidInput(
          "round (%d) and repeat (%d) count from 0, candidate (%d) from -1"
              .formatted(round, repeat, candidate));
    }
  }
}
