package dev.espalier.search.evolution;

import java.util.List;
import java.util.Optional;

/**
 * Where a search stands between two generations. With the scores so far, the settings and the seed
 * it decides everything that follows: randomness is drawn from a stream named by the generation.
 *
 * @param generation the next one, from 0
 * @param population what the strategy goes on from: the parents, best first ({@link
 *     Strategy#GENETIC}), the queue, oldest first ({@link Strategy#REGULARIZED}), the architecture
 *     whose neighbours are next ({@link Strategy#LOCAL}), or nothing
 * @param best accuracy first, then genome order
 * @param evaluations spent
 */
public record EvolutionState(
    int generation, List<Scored> population, Optional<Scored> best, int evaluations) {
  public static final EvolutionState START = new EvolutionState(0, List.of(), Optional.empty(), 0);

  public EvolutionState {
    population = List.copyOf(population);
  }
}
