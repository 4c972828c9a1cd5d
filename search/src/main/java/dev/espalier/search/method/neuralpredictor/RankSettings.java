package dev.espalier.search.method.neuralpredictor;

import dev.espalier.search.settings.Require;

/**
 * What is ranked, and how many of the best are evaluated.
 *
 * @param filter who is ranked at all: {@code classifier}, whom it lets pass; {@code none},
 *     everyone; {@code true-accuracy}, whoever passes by the table, which only the published
 *     comparison did
 * @param ablation whether the three are compared, where a table knows all
 * @param candidates how many are drawn to be ranked; 0 for all of the table, or of the space
 * @param top how many of the best ranked are evaluated
 * @param shard candidates of one unit of work
 */
public record RankSettings(String filter, boolean ablation, int candidates, int top, int shard) {
  private static final int MOST_SHARDS = 500;

  public static final String CLASSIFIER = "classifier";
  public static final String NONE = "none";
  public static final String TRUE_ACCURACY = "true-accuracy";

  public RankSettings {
    Require.oneOf("filter", filter, CLASSIFIER, NONE, TRUE_ACCURACY);
    Require.notNegative("candidates", candidates);
    Require.positive("top", top);
    Require.positive("shard", shard);
  }

  /** How many candidates a unit of work has: so many that the units fit into one history. */
  public int shardOf(int all) {
    return Math.max(shard, Math.ceilDiv(all, MOST_SHARDS));
  }

  public boolean filters() {
    return !filter.equals(NONE);
  }
}
