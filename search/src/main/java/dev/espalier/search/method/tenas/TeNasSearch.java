package dev.espalier.search.method.tenas;

import dev.espalier.search.pruning.RankingMode;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.settings.Require;

/**
 * How the supernet is pruned.
 *
 * @param mode {@code exact}, or {@code reference}: all of the published program's quirks at once
 * @param operators {@code published} (all but none) or {@code all}
 * @param prunePerEdge operators removed from every edge in every round
 * @param repeats measurements of each candidate
 * @param weights "repeat": drawn anew for every repeat; "round": one set for a whole round
 * @param images {@code shared} by all candidates of a repeat, or drawn for each {@code candidate}
 * @param ranking {@code exact}, or {@code published}: rounded, with candidate order among ties
 * @param comparison what condition numbers are compared with while edges compete: {@code current},
 *     the network at hand, or {@code published}, the one from before they did
 */
public record TeNasSearch(
    String mode,
    String operators,
    int prunePerEdge,
    int repeats,
    String weights,
    String images,
    String ranking,
    String comparison,
    NtkSettings ntk,
    RegionSettings regions) {
  public TeNasSearch {
    Require.oneOf("mode", mode, "exact", "reference");
    Require.oneOf("operators", operators, "published", "all");
    Require.positive("prunePerEdge", prunePerEdge);
    Require.positive("repeats", repeats);
    boolean published = mode.equals("reference"); // in specifications from before these settings
    weights = weights == null ? (published ? "round" : "repeat") : weights;
    images = images == null ? (published ? "candidate" : "shared") : images;
    ranking = ranking == null ? (published ? "published" : "exact") : ranking;
    comparison = comparison == null ? (published ? "published" : "current") : comparison;
    Require.oneOf("weights", weights, "repeat", "round");
    Require.oneOf("images", images, "shared", "candidate");
    Require.oneOf("ranking", ranking, "exact", "published");
    Require.oneOf("comparison", comparison, "current", "published");
    Require.present("ntk", ntk);
    Require.present("regions", regions);
  }

  public RankingMode rankingMode() {
    return ranking.equals("published") ? RankingMode.REFERENCE : RankingMode.EXACT;
  }

  /** What of it measuring needs. */
  public IndicatorSettings indicators() {
    return new IndicatorSettings(ntk, regions, weights.equals("round"), !sharesUnpruned());
  }

  /** Whether all candidates of a repeat share one measurement of the un-pruned network. */
  public boolean sharesUnpruned() {
    return images.equals("shared");
  }
}
