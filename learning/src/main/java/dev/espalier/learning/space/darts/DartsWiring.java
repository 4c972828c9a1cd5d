package dev.espalier.learning.space.darts;

import dev.espalier.search.space.darts.CellType;
import dev.espalier.search.space.darts.DartsCell.Gene;
import dev.espalier.search.space.darts.DartsEdge;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.darts.Genotype;
import java.util.ArrayList;
import java.util.List;

/** What leads into the nodes of the two cells, of a supernet's state or of a genotype. */
public record DartsWiring(List<Bundle> normal, List<Bundle> reduction) {
  public DartsWiring {
    normal = List.copyOf(normal);
    reduction = List.copyOf(reduction);
  }

  /**
   * The mean of some operators of one source.
   *
   * @param node where it leads, 0 to 3
   * @param source state that it reads
   * @param name of the edge in parameters' names
   */
  public record Bundle(int node, int source, List<DartsOperator> operators, String name) {
    public Bundle {
      operators = List.copyOf(operators);
    }
  }

  public List<Bundle> of(CellType type) {
    return switch (type) {
      case NORMAL -> normal;
      case REDUCTION -> reduction;
    };
  }

  /** Each of an edge's {@code m} active operators weighs {@code 1 / m}. */
  static DartsWiring of(DartsMask mask) {
    return new DartsWiring(of(mask, CellType.NORMAL), of(mask, CellType.REDUCTION));
  }

  private static List<Bundle> of(DartsMask mask, CellType type) {
    return DartsEdge.ALL.stream()
        .filter(edge -> !mask.on(type, edge).isEmpty())
        .map(edge -> new Bundle(edge.node(), edge.source(), mask.on(type, edge), edge.toString()))
        .toList();
  }

  /** Each gene by itself. */
  public static DartsWiring of(Genotype genotype) {
    return new DartsWiring(of(genotype, CellType.NORMAL), of(genotype, CellType.REDUCTION));
  }

  private static List<Bundle> of(Genotype genotype, CellType type) {
    List<Bundle> bundles = new ArrayList<>();
    for (int node = 0; node < DartsEdge.NODES; node++) {
      List<Gene> genes = genotype.cell(type).into(node);
      boolean twins = genes.getFirst().equals(genes.getLast());
      for (Gene gene : genes) {
        String edge = new DartsEdge(node, gene.source()).toString();
        boolean second = bundles.size() % DartsEdge.PER_NODE == 1;
        bundles.add(
            new Bundle(
                node,
                gene.source(),
                List.of(gene.operator()),
                twins && second ? edge + ".second" : edge));
      }
    }
    return bundles;
  }
}
