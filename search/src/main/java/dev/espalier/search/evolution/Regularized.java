package dev.espalier.search.evolution;

import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Regularized (aging) evolution, Real et al. 2019, algorithm 1: the best of a tournament has a
 * child that differs in one choice, the oldest of the queue dies.
 *
 * <p>As in the paper's distributed runs, several children are under way at a time: a quarter of the
 * population. A child that is known already joins the queue with its score and costs nothing; if
 * that is all of them, one more is drawn uniformly.
 */
final class Regularized implements Breeding {
  private static final int TRIES = 100;

  @Override
  public List<Genome> children(
      EvolutionState state, Setting setting, int unspent, RandomStream random) {
    int population = setting.settings().population();
    Set<Genome> children = new LinkedHashSet<>();
    if (state.population().isEmpty()) {
      while (children.size() < Math.min(population, unspent)) {
        children.add(setting.fresh(random, children));
      }
      return List.copyOf(children);
    }
    int unknown = 0;
    for (int i = 0; i < Math.max(1, population / 4) && unknown < unspent; i++) {
      Genome child = child(state, setting, children, random);
      children.add(child);
      unknown += setting.known().contains(child) ? 0 : 1;
    }
    if (unknown == 0) {
      children.add(setting.fresh(random, children));
    }
    return List.copyOf(children);
  }

  private static Genome child(
      EvolutionState state, Setting setting, Set<Genome> children, RandomStream random) {
    for (int i = 0; i < TRIES; i++) {
      Genome parent = winner(state.population(), setting, random).genome();
      Genome child = parent.flipped(random.nextInt(parent.length()));
      if (!children.contains(child) && setting.space().accepts(child)) {
        return child;
      }
    }
    return setting.fresh(random, children);
  }

  /** The best of a sample with replacement. */
  private static Scored winner(List<Scored> queue, Setting setting, RandomStream random) {
    List<Scored> sample = new ArrayList<>();
    for (int i = 0; i < setting.settings().parents(); i++) {
      sample.add(queue.get(random.nextInt(queue.size())));
    }
    return setting.objectives().winner(sample, random);
  }

  @Override
  public List<Scored> survivors(EvolutionState state, Setting setting, List<Scored> children) {
    List<Scored> all = Stream.concat(state.population().stream(), children.stream()).toList();
    return all.subList(Math.max(0, all.size() - setting.settings().population()), all.size());
  }
}
