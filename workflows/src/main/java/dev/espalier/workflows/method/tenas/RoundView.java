package dev.espalier.workflows.method.tenas;

import dev.espalier.search.pruning.PruningRound;
import dev.espalier.search.pruning.RankedCandidate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pruning round as it is recorded and drawn.
 *
 * @param before the active operators before the round, canonical mask
 * @param candidates in ranking order: first to be pruned first
 * @param removed candidate numbers
 * @param after the active operators after the round
 */
public record RoundView(
    int round,
    String before,
    List<CandidateView> candidates,
    List<Integer> removed,
    String after,
    Unpruned unpruned) {
  public RoundView {
    candidates = List.copyOf(candidates);
    removed = List.copyOf(removed);
  }

  static RoundView of(PruningRound round, RoundMeasurements measured) {
    return new RoundView(
        round.before().round(),
        round.before().mask().canonical(),
        round.ranked().stream().map(RoundView::view).toList(),
        round.removed().stream().map(each -> each.number()).toList(),
        round.after().mask().canonical(),
        new Unpruned(
            measured.unprunedConditions(), measured.unprunedRegions(), measured.saturated()));
  }

  private static CandidateView view(RankedCandidate ranked) {
    return new CandidateView(
        ranked.candidate().number(),
        ranked.candidate().edge(),
        ranked.candidate().operator(),
        ranked.conditionDelta(),
        ranked.regionDelta(),
        ranked.conditionRank(),
        ranked.regionRank(),
        ranked.singular());
  }

  /**
   * @param conditionDelta mean relative fall of the condition number by the removal; null where
   *     singular
   * @param regionDelta mean relative fall of the number of linear regions
   */
  public record CandidateView(
      int number,
      int edge,
      String operator,
      @Nullable Double conditionDelta,
      double regionDelta,
      int conditionRank,
      int regionRank,
      boolean singular) {}

  /** The un-pruned network: a value for each repeat; a condition is null where singular. */
  public record Unpruned(
      List<@Nullable Double> conditions, List<Double> regions, boolean saturated) {}
}
