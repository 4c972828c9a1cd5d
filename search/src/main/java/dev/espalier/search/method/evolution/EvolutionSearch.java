package dev.espalier.search.method.evolution;

import dev.espalier.search.evolution.CostTable;
import dev.espalier.search.evolution.EvolutionSettings;
import dev.espalier.search.settings.Require;
import java.util.List;

/**
 * How architectures are evolved on the predictor.
 *
 * @param strategy the one whose best architecture wins; the others run at the same budget and stand
 *     beside it
 * @param population architectures of one generation
 * @param parents the best of them, that have children
 * @param mutation probability that a bit is drawn anew
 * @param evaluations the budget of every strategy: different architectures that it may have scored
 * @param objectives {@code accuracy}, and whatever cost is to be low as well
 */
public record EvolutionSearch(
    String strategy,
    int population,
    int parents,
    double mutation,
    int evaluations,
    List<String> objectives) {
  public EvolutionSearch {
    Require.present("strategy", strategy);
    Require.positive("population", population);
    Require.positive("parents", parents);
    Require.notNegative("mutation", mutation);
    Require.positive("evaluations", evaluations);
    objectives = List.copyOf(objectives);
  }

  /** The costs that are to be low; MACs, to look at, where accuracy is all that counts. */
  public List<String> frontCosts() {
    List<String> costs =
        objectives.stream().filter(name -> !name.equals(EvolutionSettings.ACCURACY)).toList();
    return costs.isEmpty() ? List.of(CostTable.MACS) : costs;
  }

  public EvolutionSettings evolution() {
    return new EvolutionSettings(population, parents, mutation, evaluations, objectives);
  }
}
