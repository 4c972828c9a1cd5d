package dev.espalier.search.evolution;

import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Local search, White et al. 2021, algorithm 1: score all neighbours, go to the best one while it
 * is better, and begin anew elsewhere when none is. With several objectives better is better in one
 * and no worse in any, which few neighbours are: it then covers a trade-off no better than chance.
 */
final class Local implements Breeding {
  @Override
  public List<Genome> children(
      EvolutionState state, Setting setting, int unspent, RandomStream random) {
    if (state.population().isEmpty()) {
      return List.of(setting.fresh(random, Set.of()));
    }
    Genome current = state.population().getFirst().genome();
    List<Genome> neighbours = new ArrayList<>();
    int unknown = 0;
    for (int i = 0; i < current.length(); i++) {
      Genome neighbour = current.flipped(i);
      boolean isKnown = setting.known().contains(neighbour);
      if (isKnown || (unknown < unspent && setting.space().accepts(neighbour))) {
        neighbours.add(neighbour);
        unknown += isKnown ? 0 : 1;
      }
    }
    return neighbours;
  }

  @Override
  public List<Scored> survivors(EvolutionState state, Setting setting, List<Scored> children) {
    if (state.population().isEmpty()) {
      return children;
    }
    Scored current = state.population().getFirst();
    Optional<Scored> better =
        setting.objectives().bestFirst(children).stream()
            .filter(child -> setting.objectives().dominates(child, current))
            .findFirst();
    return better.stream().toList();
  }
}
