package dev.espalier.search.space.darts;

import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A cell: eight genes, two for each of the four nodes. A node is the sum of its two genes; the
 * output is the concatenation of the nodes.
 *
 * <p>The two genes of a node stand in the order of their sources: a sum has no order, so that one
 * architecture has one spelling. Published tables have cells with {@code none}, and with both genes
 * of a node from one source: they are cells, though no search ends with them.
 */
public record DartsCell(List<Gene> genes) {
  /** Genes of a cell. */
  public static final int GENES = DartsEdge.NODES * DartsEdge.PER_NODE;

  /** An operator and the state it reads: 0 and 1 are the cell's inputs, 2 to 4 its nodes. */
  public record Gene(DartsOperator operator, int source) {
    static final Comparator<Gene> ORDER =
        Comparator.comparingInt(Gene::source).thenComparing(Gene::operator);
  }

  public DartsCell {
    if (genes.size() != GENES) {
      throw new InvalidInput(
          "a DARTS cell has %d genes, two for each node, but %d were given"
              .formatted(GENES, genes.size()));
    }
    List<Gene> ordered = new ArrayList<>(GENES);
    for (int node = 0; node < DartsEdge.NODES; node++) {
      int first = DartsEdge.PER_NODE * node;
      List<Gene> two = genes.subList(first, first + DartsEdge.PER_NODE);
      for (Gene gene : two) {
        requireSource(node, gene.source());
      }
      two.stream().sorted(Gene.ORDER).forEach(ordered::add);
    }
    genes = List.copyOf(ordered);
  }

  private static void requireSource(int node, int source) {
    int last = DartsEdge.INPUTS + node - 1;
    if (source < 0 || source > last) {
      throw new InvalidInput(
          "node %d of a DARTS cell reads states 0 to %d, but %d was given"
              .formatted(DartsEdge.INPUTS + node, last, source));
    }
  }

  /** The two genes of a node, 0 to 3. */
  public List<Gene> into(int node) {
    int first = DartsEdge.PER_NODE * node;
    return genes.subList(first, first + DartsEdge.PER_NODE);
  }

  DartsCell with(int place, Gene gene) {
    List<Gene> changed = new ArrayList<>(genes);
    changed.set(place, gene);
    return new DartsCell(changed);
  }
}
