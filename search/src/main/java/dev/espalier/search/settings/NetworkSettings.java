package dev.espalier.search.settings;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.darts.DartsCost;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
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
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION, defaultImpl = NetworkSettings.OfCells.class)
@JsonSubTypes({
  @JsonSubTypes.Type(NetworkSettings.OfCells.class),
  @JsonSubTypes.Type(NetworkSettings.OfGenotype.class),
  @JsonSubTypes.Type(NetworkSettings.OfOperations.class)
})
public sealed interface NetworkSettings {
  int IMAGE_CHANNELS = 3;

  /**
   * The network of a space whose architectures are cells.
   *
   * @param cells of each stage (N); of the whole network, where the space is one of genotypes
   * @throws InvalidInput if the architectures of the space are no cells
   */
  static NetworkSettings ofCells(String space, int channels, int cells) {
    return switch (space) {
      case NasBench201.NAME -> new OfCells(channels, cells);
      case DartsSpace.NAME -> new OfGenotype("cifar", channels, cells);
      default -> throw new InvalidInput("the architectures of %s are no cells".formatted(space));
    };
  }

  /**
   * The architecture that these words name, if such a network can hold it.
   *
   * @throws InvalidInput if it is none of the space
   */
  default Architecture parse(String space, String architecture) {
    return SearchSpaces.named(space).parse(architecture);
  }

  /** What the network of an architecture of the space costs, without an auxiliary head. */
  Cost cost(String space, String architecture, int imageSize, int classes);

  /**
   * Of an architecture that is a cell of NAS-Bench-201.
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
    public Cost cost(String space, String architecture, int imageSize, int classes) {
      NetworkCost cost =
          NetworkCost.of(
              Cell.parse(architecture),
              new NetworkShape(channels, cells, classes, imageSize, IMAGE_CHANNELS));
      return new Cost(cost.macs(), cost.parameters());
    }
  }

  /**
   * Of a genotype of DARTS.
   *
   * @param skeleton what stands before the cells: {@code cifar} or {@code imagenet}
   * @param channels of every node of the first cell (C)
   * @param cells of the whole network
   */
  record OfGenotype(String skeleton, int channels, int cells) implements NetworkSettings {
    public OfGenotype {
      Require.oneOf("skeleton", skeleton, "cifar", "imagenet");
      Require.positive("channels", channels);
      Require.positive("cells", cells);
    }

    @Override
    public Cost cost(String space, String architecture, int imageSize, int classes) {
      DartsCost cost = DartsCost.of(Genotype.parse(architecture), shape(imageSize, classes));
      return new Cost(cost.macs(), cost.parameters());
    }

    public DartsShape.Stem stem() {
      return skeleton.equals("imagenet") ? DartsShape.Stem.IMAGENET : DartsShape.Stem.CIFAR;
    }

    private DartsShape shape(int imageSize, int classes) {
      return new DartsShape(stem(), channels, cells, classes, imageSize, IMAGE_CHANNELS);
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
