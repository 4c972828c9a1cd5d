package dev.espalier.search.specification;

import dev.espalier.search.pruning.RankingMode;

/**
 * How the supernet is pruned.
 *
 * @param mode {@code exact} or {@code reference}
 * @param operators {@code published} (all but none) or {@code all}
 * @param prunePerEdge operators removed from every edge in every round
 * @param repeats measurements of each candidate
 */
public record SearchSettings(
    String mode,
    String operators,
    int prunePerEdge,
    int repeats,
    NtkSettings ntk,
    RegionSettings regions) {
  public SearchSettings {
    Require.oneOf("mode", mode, "exact", "reference");
    Require.oneOf("operators", operators, "published", "all");
    Require.positive("prunePerEdge", prunePerEdge);
    Require.positive("repeats", repeats);
    Require.present("ntk", ntk);
    Require.present("regions", regions);
  }

  public RankingMode rankingMode() {
    return mode.equals("reference") ? RankingMode.REFERENCE : RankingMode.EXACT;
  }
}
