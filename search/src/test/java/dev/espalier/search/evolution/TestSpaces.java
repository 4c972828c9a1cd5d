package dev.espalier.search.evolution;

import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.parallel.Costs;
import dev.espalier.search.space.parallel.LayerShape;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelBitSpace;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Spaces to search, and accuracies that cost nothing. */
final class TestSpaces {
  static final ParallelBitSpace PUBLISHED =
      ParallelBitSpace.of(
          ParallelSpace.PUBLISHED, new Costs(MacroShape.PUBLISHED, 32, 3, 100), latency());

  /** 49 architectures: two layers of three operations. */
  static final ParallelBitSpace SMALL = small();

  private TestSpaces() {}

  private static ParallelBitSpace small() {
    MacroShape shape =
        new MacroShape(
            4,
            List.of(new LayerShape(4, 1), new LayerShape(4, 2)),
            List.of(Operation.SKIP, Operation.SEPARABLE_3, Operation.DILATED_5),
            8);
    return ParallelBitSpace.of(new ParallelSpace(shape), new Costs(shape, 8, 1, 10));
  }

  /** Numbers that are not exact sums, the later layers faster and larger. */
  private static CostTable latency() {
    List<List<Double>> parts = new ArrayList<>();
    for (int layer = 0; layer < 5; layer++) {
      List<Double> its = new ArrayList<>();
      for (int operation = 0; operation < 6; operation++) {
        its.add(0.1 * (1 + operation) / (1 + layer));
      }
      parts.add(Collections.unmodifiableList(its));
    }
    return new CostTable("latencyMillis", 0.7, parts);
  }

  /**
   * Accuracies that depend on every bit and on pairs of bits, different for every seed; many
   * operations are better than few.
   */
  private static double[] accuracies(long seed, List<Genome> genomes) {
    RandomStream random = RandomStream.of(seed, "landscape");
    double[] alone = new double[30];
    double[] together = new double[30];
    for (int i = 0; i < 30; i++) {
      alone[i] = random.nextDouble();
      together[i] = random.nextGaussian();
    }
    return genomes.stream()
        .mapToDouble(genome -> {
          double sum = 0;
          for (int i = 0; i < genome.length(); i++) {
            if (genome.bit(i)) {
              sum += alone[i] + (genome.bit((i + 7) % genome.length()) ? together[i] : 0);
            }
          }
          return 0.5 + sum / 500;
        })
        .toArray();
  }

  /** Tells the run the accuracies of its proposals until it has finished. */
  static EvolutionRun finish(EvolutionRun run, long landscape) {
    while (!run.finished()) {
      tell(run, landscape);
    }
    return run;
  }

  static void tell(EvolutionRun run, long landscape) {
    run.told(accuracies(landscape, run.proposals()));
  }

  /** Every strategy with blocks of a hundred seeds: a thousand each. */
  static Stream<Arguments> strategiesAndSeeds() {
    return Stream.of(Strategy.values())
        .flatMap(strategy ->
            Stream.iterate(0, first -> first < 1_000, first -> first + 100)
                .map(first -> Arguments.of(strategy, first)));
  }
}
