package dev.espalier.workflows.method.evolution;

import dev.espalier.search.evolution.BitSpace;
import dev.espalier.search.evolution.CostLimits;
import dev.espalier.search.evolution.CostTable;
import dev.espalier.search.evolution.Genome;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Whom the winner is compared with: what chance finds at its cost and within its limits. */
final class EqualCost {
  private static final int DRAWS = 100_000;

  /** Parameters alone depend on the data's classes, and are as many more for every network. */
  private static final int ANY_CLASSES = 1;

  private final BitSpace space;
  private final CostLimits limits;
  private final CostTable costs;
  private final double macs;
  private final double apart;
  private final double moreParameters;

  private EqualCost(EvolveResult winner, EvolutionSpecification specification) {
    space = specification.bitSpace(ANY_CLASSES);
    limits = specification.limits();
    costs = space.cost(CostTable.MACS);
    Genome genome = space.genome(specification.searchSpace().parse(winner.architecture()));
    macs = costs.of(genome);
    apart = macs * specification.trainFinal().costTolerance();
    moreParameters = winner.parameters() - space.cost(CostTable.PARAMETERS).of(genome);
  }

  /**
   * The winner and random ones whose MACs are within the tolerance of its own, all different.
   *
   * @throws InvalidInput where there are too few
   */
  static Set<String> architectures(EvolveResult winner, EvolutionSpecification specification) {
    EqualCost equal = new EqualCost(winner, specification);
    int wanted = specification.trainFinal().randomArchitectures();
    Set<String> architectures = new LinkedHashSet<>();
    architectures.add(winner.architecture());
    RandomStream stream =
        RandomStream.of(specification.seed(), "train-final", "random-architectures");
    for (int draw = 0; draw < DRAWS && architectures.size() <= wanted; draw++) {
      int[] random = equal.space.draw(stream);
      if (equal.costs(random)) { // most do not: decided without more ado, in a workflow's thread
        Architecture architecture = equal.space.architecture(random);
        if (equal.holds(architecture)) {
          architectures.add(architecture.canonical());
        }
      }
    }
    if (architectures.size() <= wanted) {
      throw new InvalidInput(
          ("of %,d random architectures only %d keep the limits and cost within %s of the winner's %,d "
                  + "MACs, but trainFinal.randomArchitectures wants %d: "
                  + "launch it again with a higher trainFinal.costTolerance or fewer of them; "
                  + "all stages before are reused")
              .formatted(
                  DRAWS,
                  architectures.size() - 1,
                  specification.trainFinal().costTolerance(),
                  (long) equal.macs,
                  wanted));
    }
    return architectures;
  }

  /** Whether the MACs of an architecture's masks are near enough. */
  private boolean costs(int[] masks) {
    double sum = costs.fixed();
    for (int layer = 0; layer < masks.length; layer++) {
      for (int rest = masks[layer]; rest != 0; rest &= rest - 1) {
        sum += costs.parts().get(layer).get(Integer.numberOfTrailingZeros(rest));
      }
    }
    return Math.abs(sum - macs) <= apart;
  }

  private boolean holds(Architecture architecture) {
    Genome genome = space.genome(architecture);
    return limits.most().entrySet().stream().allMatch(limit -> keeps(genome, limit));
  }

  private boolean keeps(Genome genome, Map.Entry<String, Double> limit) {
    double more = limit.getKey().equals(CostTable.PARAMETERS) ? moreParameters : 0;
    return space.cost(limit.getKey()).of(genome) + more <= limit.getValue();
  }
}
