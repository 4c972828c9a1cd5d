package dev.espalier.search.evolution;

import dev.espalier.search.random.RandomStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The search of NAS_with_GNN_predictor: the best so far are the parents; half the children are
 * crossovers of two of them, half mutations of one.
 *
 * <p>Departures from the published script, which cannot run: the start population is random instead
 * of all zeros, every child has its own place instead of the last one's, no layer is left empty,
 * and no architecture is scored twice. A child that is infeasible or known is drawn again, some
 * hundred times; should all fail, a crossover becomes a mutation, and a mutation an architecture
 * drawn uniformly.
 */
final class Genetic implements Breeding {
  private static final int TRIES = 100;

  @Override
  public List<Genome> children(
      EvolutionState state, Setting setting, int unspent, RandomStream random) {
    int count = Math.min(setting.settings().population(), unspent);
    List<Scored> parents = state.population();
    Set<Genome> children = new LinkedHashSet<>();
    while (children.size() < count) {
      if (parents.isEmpty()) {
        children.add(setting.fresh(random, children));
      } else {
        Optional<Genome> child = Optional.empty();
        if (children.size() < count / 2 && parents.size() > 1) {
          child = firstNew(setting, children, () -> crossover(parents, random));
        }
        if (child.isEmpty()) {
          child = firstNew(setting, children, () -> mutation(parents, setting.settings(), random));
        }
        children.add(child.orElseGet(() -> setting.fresh(random, children)));
      }
    }
    return List.copyOf(children);
  }

  private static Optional<Genome> firstNew(
      Setting setting, Set<Genome> children, Supplier<Genome> draw) {
    for (int i = 0; i < TRIES; i++) {
      Genome child = draw.get();
      if (!setting.known().contains(child)
          && !children.contains(child)
          && setting.space().accepts(child)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  private static Genome crossover(List<Scored> parents, RandomStream random) {
    int first = random.nextInt(parents.size());
    int second = random.nextInt(parents.size() - 1);
    Genome other = parents.get(second < first ? second : second + 1).genome();
    return parents.get(first).genome().crossed(other, random.nextInt(other.length()));
  }

  private static Genome mutation(
      List<Scored> parents, EvolutionSettings settings, RandomStream random) {
    return parents
        .get(random.nextInt(parents.size()))
        .genome()
        .mutated(settings.mutationProbability(), random);
  }

  /** Elitist: the best of the parents and their children. */
  @Override
  public List<Scored> survivors(EvolutionState state, Setting setting, List<Scored> children) {
    List<Scored> all = Stream.concat(state.population().stream(), children.stream()).toList();
    return setting.objectives().bestFirst(all).stream()
        .limit(setting.settings().parents())
        .toList();
  }
}
