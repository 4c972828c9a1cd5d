package dev.espalier.search.evolution;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Architectures drawn uniformly within limits, none twice. */
public final class Sampling {
  private Sampling() {}

  /**
   * So many architectures. More of the same stream begin with the same ones.
   *
   * @param stream names the random numbers
   * @throws InvalidInput if there are fewer, with their number
   */
  public static List<Genome> unique(
      BitSpace space, CostLimits limits, int count, long seed, String stream) {
    FeasibleSpace feasible = new FeasibleSpace(space, limits);
    int there = feasible.count(count);
    if (there < count) {
      throw new InvalidInput(
          "%d architectures of %s were asked for, but only %d keep the limits %s: ask for fewer or raise a limit"
              .formatted(count, space.name(), there, limits.most()));
    }
    RandomStream random = RandomStream.of(seed, stream, "sampling");
    Set<Genome> drawn = new LinkedHashSet<>();
    while (drawn.size() < count) {
      drawn.add(feasible.fresh(random, genome -> !drawn.contains(genome)));
    }
    return List.copyOf(drawn);
  }
}
