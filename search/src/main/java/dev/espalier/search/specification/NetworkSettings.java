package dev.espalier.search.specification;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import dev.espalier.search.space.parallel.Cost;
import dev.espalier.search.space.parallel.Costs;
import dev.espalier.search.space.parallel.LayerShape;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.search.space.parallel.ParallelSpace;
import java.util.List;

/** What is around an architecture in the network that is trained; told apart by its settings. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(NetworkSettings.OfCells.class),
  @JsonSubTypes.Type(NetworkSettings.OfOperations.class)
})
public sealed interface NetworkSettings {
  int IMAGE_CHANNELS = 3;

  /**
   * The architecture that these words name, if such a network can hold it.
   *
   * @throws InvalidInput if it is none of the space
   */
  Architecture parse(String space, String architecture);

  /** What the network of an architecture of the space costs, without an auxiliary head. */
  Cost cost(String space, String architecture, int imageSize, int classes);

  /**
   * Of an architecture that is a cell.
   *
   * @param channels of the first stage (C)
   * @param cells of each stage (N)
   */
  record OfCells(int channels, int cells) implements NetworkSettings {
    public OfCells {
      Require.positive("channels", channels);
      Require.positive("cells", cells);
    }

    @Override
    public Architecture parse(String space, String architecture) {
      return SearchSpaces.named(space).parse(architecture);
    }

    @Override
    public Cost cost(String space, String architecture, int imageSize, int classes) {
      NetworkCost cost =
          NetworkCost.of(
              Cell.parse(architecture),
              new NetworkShape(channels, cells, classes, imageSize, IMAGE_CHANNELS));
      return new Cost(cost.macs(), cost.parameters());
    }
  }

  /** Of layers that sum several operations: see {@link MacroShape}. */
  record OfOperations(int stem, List<LayerShape> layers, List<Operation> operations, int tail)
      implements NetworkSettings {
    public OfOperations {
      layers = List.copyOf(layers);
      operations = List.copyOf(operations);
    }

    @Override
    public Architecture parse(String space, String architecture) {
      return new ParallelSpace(shape()).parse(architecture);
    }

    @Override
    public Cost cost(String space, String architecture, int imageSize, int classes) {
      return new Costs(shape(), imageSize, IMAGE_CHANNELS, classes)
          .of(ParallelArchitecture.parse(architecture));
    }

    public MacroShape shape() {
      return new MacroShape(stem, layers, operations, tail);
    }
  }
}
