package dev.espalier.search.specification;

import java.util.List;

/**
 * How architectures are evolved on the predictor.
 *
 * @param strategy the one whose best architecture wins; the others run at the same budget and stand
 *     beside it
 * @param population architectures of one generation
 * @param parents the best of them, that have children
 * @param mutation probability that a bit is drawn anew
 * @param generations of the genetic strategy; the budget of all is what it evaluates
 * @param objectives {@code accuracy}, and whatever cost is to be low as well
 */
public record EvolveSettings(
    String strategy,
    int population,
    int parents,
    double mutation,
    int generations,
    List<String> objectives) {
  public EvolveSettings {
    Require.present("strategy", strategy);
    Require.positive("population", population);
    Require.positive("parents", parents);
    Require.notNegative("mutation", mutation);
    Require.positive("generations", generations);
    objectives = List.copyOf(objectives);
  }
}
