package dev.espalier.learning.space.nasbench201;

import dev.espalier.learning.meta.CodedGraph;
import dev.espalier.learning.meta.GraphCoding;
import dev.espalier.learning.meta.GraphTopology;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cells as graphs of MetaD2A: a vertex for each edge of the cell, in the order of its string, of
 * type 2 + operator. All cells have the same 15 edges (the wiring that the published generator was
 * trained with; others circulate).
 */
public final class NasBench201Graphs implements GraphCoding {
  private static final int FIRST_TYPE = 2;
  private static final int VERTICES = Edge.ALL.size() + 2;
  private static final GraphTopology TOPOLOGY =
      GraphTopology.of(
          VERTICES,
          FIRST_TYPE + Operator.ALL.size(),
          new int[][] {
            {0, 1}, {0, 2}, {0, 4}, {1, 2}, {1, 3}, {1, 5}, {2, 3}, {2, 6}, {3, 4}, {3, 6}, {4, 5},
            {4, 7}, {5, 6}, {5, 7}, {6, 7}
          });

  @Override
  public String space() {
    return NasBench201.NAME;
  }

  @Override
  public GraphTopology topology() {
    return TOPOLOGY;
  }

  @Override
  public CodedGraph encode(Architecture architecture) {
    if (!(architecture instanceof Cell cell)) {
      throw new InvalidInput(
          "%s is not a cell of NAS-Bench-201".formatted(architecture.canonical()));
    }
    return TOPOLOGY.graph(
        cell.operators().stream().mapToInt(each -> FIRST_TYPE + each.index()).toArray());
  }

  /** A cell, if the graph is a network of eight vertices; its edges are not looked at otherwise. */
  @Override
  public Optional<Architecture> decode(CodedGraph graph) {
    if (graph.vertices() != VERTICES || !graph.isNetwork()) {
      return Optional.empty();
    }
    List<Operator> operators = new ArrayList<>(Edge.ALL.size());
    for (int vertex = 1; vertex + 1 < VERTICES; vertex++) {
      if (graph.types()[vertex] < FIRST_TYPE) {
        return Optional.empty();
      }
      operators.add(Operator.ALL.get(graph.types()[vertex] - FIRST_TYPE));
    }
    return Optional.of(new Cell(operators));
  }
}
