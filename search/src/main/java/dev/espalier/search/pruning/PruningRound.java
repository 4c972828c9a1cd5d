package dev.espalier.search.pruning;

import java.util.List;

/**
 * One round: what it found and what it took away.
 *
 * @param ranked all candidates, first to be pruned first
 * @param removed edge by edge, the edge of the first-ranked candidate first
 */
public record PruningRound(
    PruningState before,
    List<RankedCandidate> ranked,
    List<Candidate> removed,
    PruningState after) {
  public PruningRound {
    ranked = List.copyOf(ranked);
    removed = List.copyOf(removed);
  }
}
