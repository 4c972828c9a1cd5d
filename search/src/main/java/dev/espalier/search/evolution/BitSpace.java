package dev.espalier.search.evolution;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.Architecture;
import java.util.List;

/**
 * A search space whose architectures are layers of bits, one for each choice of a layer. Legality
 * is decided layer by layer, costs are sums over the bits that are set: that is what lets
 * strategies stay within a limit without trying and failing.
 */
public interface BitSpace {
  /** The name of the search space. */
  String name();

  int layers();

  /** The bits of a layer: 1 to 16. */
  int choices();

  /**
   * Whether a layer may look like this.
   *
   * @param selection the layer's first choice is the lowest bit
   */
  boolean isLegal(int layer, int selection);

  /** What can be limited or minimised, each with its own name. */
  List<CostTable> costs();

  /** A uniformly random architecture, unbuilt: the selection of each layer. */
  int[] draw(RandomStream stream);

  /** The architecture of such selections. */
  Architecture architecture(int[] selections);

  /**
   * The architecture of these bits.
   *
   * @throws dev.espalier.search.failure.InvalidInput if they are none
   */
  Architecture architecture(Genome genome);

  Genome genome(Architecture architecture);

  default int bits() {
    return layers() * choices();
  }

  /**
   * The cost table of this name.
   *
   * @throws InvalidInput with the names that there are
   */
  default CostTable cost(String name) {
    List<String> names = costs().stream().map(CostTable::name).toList();
    return costs().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new InvalidInput(
                "unknown cost \"%s\": the architectures of %s have %s.%s"
                    .formatted(
                        name, name(), String.join(", ", names), DidYouMean.sentence(name, names))));
  }
}
