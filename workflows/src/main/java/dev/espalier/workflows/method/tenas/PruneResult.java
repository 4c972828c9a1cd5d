package dev.espalier.workflows.method.tenas;

import java.util.List;

/**
 * What pruning came to.
 *
 * @param architecture the cell that is left, canonical string
 * @param rounds what each round removed
 */
public record PruneResult(String architecture, List<Round> rounds) {
  public PruneResult {
    rounds = List.copyOf(rounds);
  }

  /**
   * @param removed the operators removed, as {@code edge:operator}; edges are numbered over all
   *     types of cells
   * @param singular candidates whose kernel was singular or not finite in at least one repeat
   * @param saturated whether some region count was too close to its sample size to mean much
   */
  public record Round(int round, List<String> removed, int singular, boolean saturated) {
    public Round {
      removed = List.copyOf(removed);
    }
  }
}
