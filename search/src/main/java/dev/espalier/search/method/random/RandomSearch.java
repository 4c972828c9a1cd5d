package dev.espalier.search.method.random;

import dev.espalier.search.settings.Require;

/**
 * How much is drawn.
 *
 * @param architectures how many, all different
 * @param tolerated the share of them that may fail without ending the experiment
 */
public record RandomSearch(int architectures, double tolerated) {
  public RandomSearch {
    Require.positive("architectures", architectures);
    Require.notNegative("tolerated", tolerated);
  }
}
