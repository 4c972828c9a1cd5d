package dev.espalier.search.space.parallel;

import dev.espalier.search.evolution.BitSpace;
import dev.espalier.search.evolution.CostTable;
import dev.espalier.search.evolution.Genome;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A {@link ParallelSpace} as bits, with MACs, parameters and whatever else was measured.
 *
 * @param costs one table for each, of the space's layers and operations
 */
public record ParallelBitSpace(ParallelSpace space, List<CostTable> costs) implements BitSpace {
  public ParallelBitSpace {
    costs = List.copyOf(costs);
    List<String> problems = new ArrayList<>();
    for (CostTable table : costs) {
      int operations = space.shape().operations().size();
      if (table.parts().size() != space.shape().layers().size()
          || table.parts().stream().anyMatch(layer -> layer.size() != operations)) {
        problems.add(
            "the cost table %s must have %d layers of %d operations each"
                .formatted(table.name(), space.shape().layers().size(), operations));
      }
    }
    if (costs.stream().map(CostTable::name).distinct().count() < costs.size()) {
      problems.add(
          "every cost needs its own name, but there are %s"
              .formatted(costs.stream().map(CostTable::name).toList()));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  /**
   * With MACs and parameters.
   *
   * @param costs of the space's shape
   * @param more such as a latency table
   */
  public static ParallelBitSpace of(ParallelSpace space, Costs costs, CostTable... more) {
    return new ParallelBitSpace(
        space,
        Stream.concat(
                Stream.of(
                    table(CostTable.MACS, space, costs, Cost::macs),
                    table(CostTable.PARAMETERS, space, costs, Cost::parameters)),
                Stream.of(more))
            .toList());
  }

  private static CostTable table(
      String name, ParallelSpace space, Costs costs, ToLongFunction<Cost> part) {
    return new CostTable(
        name,
        part.applyAsLong(costs.fixed()),
        IntStream.range(0, space.shape().layers().size())
            .mapToObj(layer ->
                IntStream.range(0, space.shape().operations().size())
                    .mapToObj(operation -> (double) part.applyAsLong(costs.part(layer, operation)))
                    .toList())
            .toList());
  }

  @Override
  public String name() {
    return space.name();
  }

  @Override
  public int layers() {
    return space.shape().layers().size();
  }

  @Override
  public int choices() {
    return space.shape().operations().size();
  }

  @Override
  public boolean isLegal(int layer, int selection) {
    return selection != 0;
  }

  @Override
  public int[] draw(RandomStream stream) {
    return space.draw(stream);
  }

  @Override
  public Architecture architecture(int[] selections) {
    return space.of(selections);
  }

  @Override
  public Architecture architecture(Genome genome) {
    return space.of(genome.toBooleans());
  }

  @Override
  public Genome genome(Architecture architecture) {
    return Genome.of(space.bits(space.parse(architecture.canonical())));
  }
}
