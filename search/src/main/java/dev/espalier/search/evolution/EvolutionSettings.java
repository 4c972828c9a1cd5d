package dev.espalier.search.evolution;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What all strategies are told.
 *
 * @param population architectures of a generation ({@link Strategy#REGULARIZED}: of the queue)
 * @param parents those that survive and have children ({@link Strategy#REGULARIZED}: drawn for each
 *     tournament)
 * @param mutationProbability for each bit to be drawn anew ({@link Strategy#GENETIC})
 * @param evaluations the budget: different architectures that are scored
 * @param objectives {@code accuracy}, and costs to keep low
 */
public record EvolutionSettings(
    int population,
    int parents,
    double mutationProbability,
    int evaluations,
    List<String> objectives) {
  public static final String ACCURACY = "accuracy";

  /** 1,000 generations of 20, as published. */
  public static final EvolutionSettings PUBLISHED =
      new EvolutionSettings(20, 10, 0.1, 20_000, List.of(ACCURACY));

  public EvolutionSettings {
    objectives = List.copyOf(objectives);
    List<String> problems = new ArrayList<>();
    if (population < 1) {
      problems.add("population must be at least 1, but was " + population);
    }
    if (parents < 1 || parents > population) {
      problems.add(
          "parents must be between 1 and population (%d), but was %d"
              .formatted(population, parents));
    }
    if (!(mutationProbability > 0 && mutationProbability <= 1)) {
      problems.add(
          "mutationProbability must be above 0 and at most 1, but was %s. Use 0.1, the published setting"
              .formatted(mutationProbability));
    }
    if (evaluations < 1) {
      problems.add("evaluations must be at least 1, but was " + evaluations);
    }
    if (!objectives.contains(ACCURACY) || Set.copyOf(objectives).size() < objectives.size()) {
      problems.add(
          "objectives must be accuracy and different costs, but were %s".formatted(objectives));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  public EvolutionSettings withEvaluations(int changed) {
    return new EvolutionSettings(population, parents, mutationProbability, changed, objectives);
  }
}
