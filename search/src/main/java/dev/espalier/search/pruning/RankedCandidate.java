package dev.espalier.search.pruning;

import org.jspecify.annotations.Nullable;

/**
 * A candidate with its places in the two rankings; rank 0 is pruned first.
 *
 * @param conditionDelta mean relative fall of the NTK condition number by the removal; null where
 *     {@code singular}
 * @param regionDelta mean relative fall of the number of linear regions by the removal
 */
public record RankedCandidate(
    Candidate candidate,
    @Nullable Double conditionDelta,
    double regionDelta,
    int conditionRank,
    int regionRank,
    boolean singular) {
  public int rankSum() {
    return conditionRank + regionRank;
  }
}
