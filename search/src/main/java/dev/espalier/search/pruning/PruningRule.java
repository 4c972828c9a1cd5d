package dev.espalier.search.pruning;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.pruning.Ranking.Ranked;
import dev.espalier.search.pruning.Ranking.Scored;
import dev.espalier.search.space.Supernet;
import java.util.List;
import java.util.Map;

/**
 * One round of TE-NAS's search: rank all candidates, then remove the first few of every edge. Where
 * edges compete with one another, a round ranks the edges of one node and removes all but those
 * that stay.
 */
public final class PruningRule {
  private final RankingMode mode;
  private final int prunePerEdge;

  public PruningRule(RankingMode mode, int prunePerEdge) {
    if (prunePerEdge < 1) {
      throw new InvalidInput("prunePerEdge must be at least 1, but was " + prunePerEdge);
    }
    this.mode = mode;
    this.prunePerEdge = prunePerEdge;
  }

  /**
   * The outcome of a round.
   *
   * @param effects by candidate number, the repeats of each of {@code state.candidates()}
   */
  public PruningRound decide(PruningState state, Map<Integer, List<Effect>> effects) {
    List<Candidate> candidates = state.candidates();
    if (candidates.isEmpty()) {
      throw new InvalidInput("nothing is left to prune in %s".formatted(state.mask()));
    }
    List<Scored<Candidate>> scored =
        candidates.stream().map(candidate -> scored(candidate, effects)).toList();
    List<Ranked<Candidate>> ranked = new Ranking<Candidate>(mode).rank(scored);
    List<Candidate> removed =
        state
            .contest()
            .map(rivals -> firstOfAll(ranked, candidates.size() - rivals.keep()))
            .orElseGet(() -> firstOfEachEdge(ranked, state));
    return new PruningRound(
        state, ranked.stream().map(PruningRule::ranked).toList(), removed, after(state, removed));
  }

  private static Scored<Candidate> scored(Candidate candidate, Map<Integer, List<Effect>> effects) {
    List<Effect> measured = effects.get(candidate.number());
    if (measured == null || measured.isEmpty()) {
      throw new InvalidInput("candidate %d was not measured".formatted(candidate.number()));
    }
    return new Scored<>(candidate, measured);
  }

  /** The published program looks at the first edge only (defect D8), and takes one at least. */
  private int pruneNumber(PruningState state) {
    return Math.max(1, Math.min(prunePerEdge, state.mask().labels(0).size() - 1));
  }

  private static List<Candidate> firstOfAll(List<Ranked<Candidate>> ranked, int count) {
    return ranked.stream().limit(count).map(Ranked::candidate).toList();
  }

  private List<Candidate> firstOfEachEdge(List<Ranked<Candidate>> ranked, PruningState state) {
    return Ranking.firstOfEach(
        ranked,
        Candidate::edge,
        edge ->
            switch (mode) {
              case EXACT -> Math.min(prunePerEdge, state.mask().labels(edge).size() - 1);
              case REFERENCE -> pruneNumber(state);
            });
  }

  private static PruningState after(PruningState before, List<Candidate> removed) {
    Supernet mask = before.mask();
    for (Candidate candidate : removed) {
      mask = mask.without(candidate.edge(), candidate.operator());
    }
    return before.next(mask);
  }

  private static RankedCandidate ranked(Ranked<Candidate> ranked) {
    return new RankedCandidate(
        ranked.candidate(),
        ranked.conditionDelta(),
        ranked.regionDelta(),
        ranked.conditionRank(),
        ranked.regionRank(),
        ranked.singular());
  }
}
