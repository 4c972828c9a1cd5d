package dev.espalier.search.space.parallel;

import dev.espalier.search.drawing.OperatorStyle;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Checks;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.ArchitectureGraph;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.ForeignNotation;
import dev.espalier.search.space.NetworkSettings;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SpaceDescription;
import dev.espalier.search.space.StandardNetwork;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All networks of a {@link MacroShape} in which every layer sums a non-empty subset of the
 * operations (the space of NAS_with_GNN_predictor, github.com/eric8607242).
 *
 * <p>An architecture's bits are layer-major, operations in the shape's order: 1 where the operation
 * is selected.
 */
public record ParallelSpace(MacroShape shape) implements SearchSpace {
  public static final String NAME = "parallel-ops";
  public static final ParallelSpace PUBLISHED = new ParallelSpace(MacroShape.PUBLISHED);

  /** The space of the published shape. */
  public ParallelSpace() {
    this(MacroShape.PUBLISHED);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "parallel operations";
  }

  @Override
  public SpaceDescription description() {
    return ParallelDescription.of(this);
  }

  @Override
  public long size() {
    BigInteger size = exactSize();
    return size.bitLength() < Long.SIZE ? size.longValueExact() : Long.MAX_VALUE;
  }

  @Override
  public BigInteger exactSize() {
    return BigInteger.valueOf((1L << shape.operations().size()) - 1).pow(shape.layers().size());
  }

  @Override
  public List<String> operators() {
    return shape.operations().stream().map(Operation::label).toList();
  }

  @Override
  public OperatorStyle style(String operator) {
    return OperationStyle.of(Operation.labelled(operator));
  }

  /** Labels alone, between bars and plus signs. */
  @Override
  public boolean recognises(String text) {
    return text.chars().noneMatch(sign -> "~@([{".indexOf(sign) >= 0)
        && !ForeignNotation.ELASTIC.describes(text);
  }

  @Override
  public ParallelArchitecture parseInAnyShape(String text) {
    return ParallelArchitecture.parse(text);
  }

  @Override
  public ParallelArchitecture parse(String text) {
    ParallelArchitecture architecture = ParallelArchitecture.parse(text);
    if (architecture.layers().size() != shape.layers().size()) {
      throw new InvalidInput(
          "\"%s\" has %d layers, but the networks of this space have %d"
              .formatted(text, architecture.layers().size(), shape.layers().size()));
    }
    for (Set<Operation> layer : architecture.layers()) {
      if (!shape.operations().containsAll(layer)) {
        throw new InvalidInput(
            "\"%s\" uses operations that this space does not have: it has %s"
                .formatted(
                    text,
                    String.join(", ", shape.operations().stream().map(Operation::label).toList())));
      }
    }
    return architecture;
  }

  /** Uniform over the space: every layer a uniform non-empty subset. */
  @Override
  public ParallelArchitecture random(RandomStream stream) {
    return of(draw(stream));
  }

  /**
   * A random architecture as {@link #random} draws it, unbuilt: a mask for every layer, whose bit i
   * stands for the i-th operation of the shape.
   */
  public int[] draw(RandomStream stream) {
    int[] masks = new int[shape.layers().size()];
    for (int layer = 0; layer < masks.length; layer++) {
      while (masks[layer] == 0) {
        for (int operation = 0; operation < shape.operations().size(); operation++) {
          if (stream.nextBoolean()) {
            masks[layer] |= 1 << operation;
          }
        }
      }
    }
    return masks;
  }

  /** The architecture of such masks. */
  public ParallelArchitecture of(int[] masks) {
    List<Set<Operation>> layers = new ArrayList<>();
    for (int mask : masks) {
      Set<Operation> selected = EnumSet.noneOf(Operation.class);
      for (int operation = 0; operation < shape.operations().size(); operation++) {
        if ((mask & 1 << operation) != 0) {
          selected.add(shape.operations().get(operation));
        }
      }
      layers.add(selected);
    }
    return new ParallelArchitecture(layers);
  }

  /** One operation of one layer more or less; no layer is left empty. */
  @Override
  public List<Architecture> neighbours(Architecture architecture) {
    boolean[] bits = bits(parse(architecture.canonical()));
    List<Architecture> neighbours = new ArrayList<>();
    for (int i = 0; i < bits.length; i++) {
      bits[i] = !bits[i];
      if (isLegal(bits)) {
        neighbours.add(of(bits));
      }
      bits[i] = !bits[i];
    }
    return Collections.unmodifiableList(neighbours);
  }

  @Override
  public ArchitectureGraph graph(Architecture architecture) {
    return ArchitectureGraph.of(
        operators(), List.of(""), shape.layers().size() + 1, architecture.placed(), List.of());
  }

  /** On the data that the space was published for, CIFAR-100. */
  @Override
  public List<StandardNetwork> standardNetworks(Architecture architecture) {
    return List.of(
        new StandardNetwork(
            standardCost(architecture, 100),
            "for 100 classes of 32x32 images; multiply-adds of convolutions only"));
  }

  @Override
  public Cost standardCost(Architecture architecture, int classes) {
    return shape.cost(architecture, 32, classes);
  }

  @Override
  public Class<? extends NetworkSettings> networkSettings() {
    return MacroShape.class;
  }

  @Override
  public void checkNetwork(Checks checks) {
    ParallelChecks.network(checks);
  }

  public boolean[] bits(ParallelArchitecture architecture) {
    int operations = shape.operations().size();
    boolean[] bits = new boolean[shape.bits()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] =
          architecture
              .layers()
              .get(i / operations)
              .contains(shape.operations().get(i % operations));
    }
    return bits;
  }

  /** Whether the bits have the right length and leave no layer empty. */
  public boolean isLegal(boolean[] bits) {
    if (bits.length != shape.bits()) {
      return false;
    }
    int operations = shape.operations().size();
    for (int from = 0; from < bits.length; from += operations) {
      boolean any = false;
      for (int i = from; i < from + operations; i++) {
        any |= bits[i];
      }
      if (!any) {
        return false;
      }
    }
    return true;
  }

  /**
   * The architecture of these bits.
   *
   * @throws InvalidInput if they are too many or too few, or leave a layer empty
   */
  public ParallelArchitecture of(boolean[] bits) {
    if (bits.length != shape.bits()) {
      throw new InvalidInput(
          "this space has %d bits, but %d were given".formatted(shape.bits(), bits.length));
    }
    int operations = shape.operations().size();
    List<Set<Operation>> layers = new ArrayList<>();
    for (int from = 0; from < bits.length; from += operations) {
      Set<Operation> selected = EnumSet.noneOf(Operation.class);
      for (int i = 0; i < operations; i++) {
        if (bits[from + i]) {
          selected.add(shape.operations().get(i));
        }
      }
      layers.add(selected);
    }
    return new ParallelArchitecture(layers);
  }
}
