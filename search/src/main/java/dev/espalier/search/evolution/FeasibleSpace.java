package dev.espalier.search.evolution;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The architectures of a space that are legal and within the limits. */
final class FeasibleSpace {
  private static final int TRIES = 200;

  /** Bounds a walk among limits that exclude each other; some seconds. */
  private static final int LONGEST_WALK = 20_000_000;

  private final BitSpace space;
  private final int[][] legal;

  /** So many can be listed. */
  private static final int FEW = 50_000;

  /** A cache: what is in it follows from space and limits alone, so no draw depends on it. */
  private final List<Genome> listed = new ArrayList<>();

  private final List<LimitedCost> limited = new ArrayList<>();

  /** The least that each limited cost can be. */
  private final double[] smallest;

  /** A cost with its limit, as arrays: what every candidate is checked against. */
  private final class LimitedCost {
    final String name;
    final double limit;
    final double slack;
    final double fixed;

    /** {@code [layer * choices]} */
    final double[] parts;

    /** {@code [layer][legal selection]} */
    final double[][] selections;

    /** The cheapest legal selection of each layer. */
    final double[] cheapest;

    LimitedCost(CostTable table, double limit) {
      this.name = table.name();
      this.limit = limit;
      this.slack = Math.abs(limit) * 1e-9; // sums in another order differ by their rounding
      fixed = table.fixed();
      parts =
          table.parts().stream()
              .flatMapToDouble(layer -> layer.stream().mapToDouble(x -> x))
              .toArray();
      selections = new double[legal.length][];
      cheapest = new double[legal.length];
      for (int layer = 0; layer < legal.length; layer++) {
        List<Double> choices = table.parts().get(layer);
        selections[layer] = new double[legal[layer].length];
        cheapest[layer] = Double.POSITIVE_INFINITY;
        for (int i = 0; i < legal[layer].length; i++) {
          for (int choice = 0; choice < choices.size(); choice++) {
            if ((legal[layer][i] >> choice & 1) == 1) {
              selections[layer][i] += choices.get(choice);
            }
          }
          cheapest[layer] = Math.min(cheapest[layer], selections[layer][i]);
        }
      }
    }

    /** Summed like {@link #allows}, so that this very number is a limit that can be kept. */
    double smallest() {
      StringBuilder bits = new StringBuilder();
      for (int layer = 0; layer < selections.length; layer++) {
        int its = layer;
        int index =
            IntStream.range(0, selections[layer].length)
                .filter(i -> selections[its][i] == cheapest[its])
                .findFirst()
                .orElseThrow();
        append(bits, legal[layer][index]);
      }
      return sum(new Genome(bits.toString()));
    }

    boolean allows(Genome genome) {
      return sum(genome) <= limit;
    }

    private double sum(Genome genome) {
      double sum = fixed;
      for (int i = 0; i < parts.length; i++) {
        if (genome.bit(i)) {
          sum += parts[i];
        }
      }
      return sum;
    }
  }

  FeasibleSpace(BitSpace space, CostLimits limits) {
    this.space = space;
    legal = new int[space.layers()][];
    for (int layer = 0; layer < legal.length; layer++) {
      int its = layer;
      legal[layer] =
          IntStream.range(0, 1 << space.choices())
              .filter(selection -> space.isLegal(its, selection))
              .toArray();
    }
    for (Map.Entry<String, Double> limit : new TreeMap<>(limits.most()).entrySet()) {
      limited.add(new LimitedCost(space.cost(limit.getKey()), limit.getValue()));
    }
    smallest = limited.stream().mapToDouble(LimitedCost::smallest).toArray();
    refuseTheImpossible(limits);
  }

  private void refuseTheImpossible(CostLimits limits) {
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < smallest.length; i++) {
      LimitedCost cost = limited.get(i);
      if (smallest[i] > cost.limit) {
        problems.add(
            "no architecture of %s has %s of at most %s: the smallest has %s. Raise the limit to that or more"
                .formatted(space.name(), cost.name, number(cost.limit), number(smallest[i])));
      }
    }
    if (problems.isEmpty() && count(1) == 0) {
      problems.add(
          ("no architecture of %s was found that keeps all limits together (%s), though each can be "
                  + "kept by itself: raise one of them")
              .formatted(space.name(), limits.most()));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.valueOf(value);
  }

  boolean accepts(Genome genome) {
    for (int layer = 0; layer < legal.length; layer++) {
      if (!space.isLegal(layer, genome.selection(layer, space.choices()))) {
        return false;
      }
    }
    for (LimitedCost cost : limited) {
      if (!cost.allows(genome)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A feasible genome that is free: uniform among them where some hundred uniform tries over the
   * space find one, or where there are so few that they can be listed; under tight limits in a
   * large space layer by layer within what the others leave, else the first one in order.
   */
  Genome fresh(RandomStream random, Predicate<Genome> free) {
    for (int i = 0; i < TRIES; i++) {
      Genome genome = uniform(random);
      if (accepts(genome) && free.test(genome)) {
        return genome;
      }
    }
    List<Genome> few = few();
    if (few.size() < FEW) {
      return next(few, random.nextInt(few.size()), free);
    }
    for (int i = 0; i < TRIES; i++) {
      Genome genome = withinWhatIsLeft(random);
      if (accepts(genome) && free.test(genome)) {
        return genome;
      }
    }
    List<Genome> first = new ArrayList<>();
    new Walk(genome -> free.test(genome) && first.add(genome)).start();
    return next(first, 0, free);
  }

  /** All feasible genomes in order, but no more than {@link #FEW}. */
  private List<Genome> few() {
    if (listed.isEmpty()) {
      new Walk(
              genome -> {
                listed.add(genome);
                return listed.size() == FEW;
              })
          .start();
    }
    return listed;
  }

  private Genome next(List<Genome> genomes, int start, Predicate<Genome> free) {
    for (int i = 0; i < genomes.size(); i++) {
      Genome genome = genomes.get((start + i) % genomes.size());
      if (free.test(genome)) {
        return genome;
      }
    }
    throw new IllegalStateException("no free architecture is left in " + space.name());
  }

  private Genome uniform(RandomStream random) {
    StringBuilder bits = new StringBuilder(space.bits());
    for (int[] layer : legal) {
      append(bits, layer[random.nextInt(layer.length)]);
    }
    return new Genome(bits.toString());
  }

  private void append(StringBuilder bits, int selection) {
    for (int choice = 0; choice < space.choices(); choice++) {
      bits.append((selection >> choice & 1) == 1 ? '1' : '0');
    }
  }

  /** Layers in random order, each uniform among what fits if the later ones are cheapest. */
  private Genome withinWhatIsLeft(RandomStream random) {
    double[] sums = smallest.clone();
    int[] chosen = new int[legal.length];
    for (int layer : random.permutation(legal.length)) {
      int[] fitting =
          IntStream.range(0, legal[layer].length).filter(i -> fits(sums, layer, i)).toArray();
      int pick =
          fitting.length == 0
              ? random.nextInt(legal[layer].length)
              : fitting[random.nextInt(fitting.length)];
      add(sums, layer, pick);
      chosen[layer] = legal[layer][pick];
    }
    StringBuilder bits = new StringBuilder(space.bits());
    for (int selection : chosen) {
      append(bits, selection);
    }
    return new Genome(bits.toString());
  }

  /** Whether a selection keeps all limits if every undecided layer is as cheap as can be. */
  private boolean fits(double[] sums, int layer, int index) {
    for (int i = 0; i < sums.length; i++) {
      LimitedCost cost = limited.get(i);
      double more = cost.selections[layer][index] - cost.cheapest[layer];
      if (sums[i] + more > cost.limit + cost.slack) {
        return false;
      }
    }
    return true;
  }

  private void add(double[] sums, int layer, int index) {
    for (int i = 0; i < sums.length; i++) {
      LimitedCost cost = limited.get(i);
      sums[i] += cost.selections[layer][index] - cost.cheapest[layer];
    }
  }

  /** How many there are, counted up to {@code most}. */
  int count(int most) {
    int[] counted = {0};
    if (most > 0) {
      new Walk(genome -> ++counted[0] >= most).start();
    }
    return counted[0];
  }

  /** All feasible genomes in a fixed order, until one is enough. */
  private final class Walk {
    private final Predicate<Genome> enough;
    private int steps;

    Walk(Predicate<Genome> enough) {
      this.enough = enough;
    }

    void start() {
      from(0, smallest, new StringBuilder(space.bits()));
    }

    /** Whether it is over. */
    private boolean from(int layer, double[] sums, StringBuilder bits) {
      if (layer == legal.length) {
        Genome genome = new Genome(bits.toString());
        return accepts(genome) && enough.test(genome);
      }
      for (int i = 0; i < legal[layer].length; i++) {
        if (++steps > LONGEST_WALK) {
          return true;
        }
        if (fits(sums, layer, i)) {
          double[] with = sums.clone();
          add(with, layer, i);
          append(bits, legal[layer][i]);
          if (from(layer + 1, with, bits)) {
            return true;
          }
          bits.setLength(bits.length() - space.choices());
        }
      }
      return false;
    }
  }
}
