package dev.espalier.search.evolution;

import dev.espalier.search.random.RandomStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Random search without repetition. */
final class Uniform implements Breeding {
  @Override
  public List<Genome> children(
      EvolutionState state, Setting setting, int unspent, RandomStream random) {
    Set<Genome> children = new LinkedHashSet<>();
    while (children.size() < Math.min(setting.settings().population(), unspent)) {
      children.add(setting.fresh(random, children));
    }
    return List.copyOf(children);
  }

  @Override
  public List<Scored> survivors(EvolutionState state, Setting setting, List<Scored> children) {
    return List.of();
  }
}
