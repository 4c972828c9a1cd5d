package dev.espalier.api.method.tenas;

import dev.espalier.api.method.tenas.TeNasFindings.EdgeView;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.darts.CellType;
import dev.espalier.search.space.darts.DartsCell.Gene;
import dev.espalier.search.space.darts.DartsEdge;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The edges of a space by their ends; nodes of a genotype have the numbers it is written with. */
final class EdgeViews {
  private EdgeViews() {}

  /** The edges that are left of a supernet, and what is on them. */
  record Found(List<EdgeView> edges, List<String> operators) {}

  static List<EdgeView> all(Supernet supernet) {
    return switch (supernet) {
      case OperatorMask _ -> cellEdges();
      case DartsMask _ ->
          IntStream.range(0, supernet.edges())
              .mapToObj(edge -> edge(DartsMask.type(edge), DartsMask.within(edge)))
              .toList();
      default -> throw new InvalidInput("unknown supernet " + supernet.canonical());
    };
  }

  private static List<EdgeView> cellEdges() {
    return Edge.ALL.stream().map(edge -> new EdgeView(edge.target(), edge.source(), null)).toList();
  }

  private static EdgeView edge(CellType type, DartsEdge edge) {
    return new EdgeView(DartsEdge.INPUTS + edge.node(), edge.source(), type.label());
  }

  static Found found(Architecture architecture) {
    return switch (architecture) {
      case Cell cell ->
          new Found(cellEdges(), cell.operators().stream().map(Operator::label).toList());
      case Genotype genotype -> found(genotype);
      default -> throw new InvalidInput("unknown architecture " + architecture.canonical());
    };
  }

  private static Found found(Genotype genotype) {
    List<EdgeView> edges = new ArrayList<>();
    List<String> operators = new ArrayList<>();
    for (CellType type : CellType.ALL) {
      for (int node = 0; node < DartsEdge.NODES; node++) {
        for (Gene gene : genotype.cell(type).into(node)) {
          edges.add(edge(type, new DartsEdge(node, gene.source())));
          operators.add(gene.operator().label());
        }
      }
    }
    return new Found(edges, operators);
  }
}
