package dev.espalier.learning.space.nasbench201.network;

import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.List;

/** The nodes and edges of a cell that its output depends on. */
public final class LiveEdges {
  private final OperatorMask mask;
  private final boolean[] needed = new boolean[Edge.NODES];

  public LiveEdges(OperatorMask mask) {
    this.mask = mask;
    needed[Edge.NODES - 1] = true;
    for (Edge edge : Edge.ALL.reversed()) {
      if (needed[edge.target()] && !mask.on(edge.index()).equals(List.of(Operator.NONE))) {
        needed[edge.source()] = true;
      }
    }
  }

  /** Whether the output depends on the node. */
  public boolean needs(int node) {
    return needed[node];
  }

  /** The edges from a node to those that the output depends on. */
  public List<Edge> from(int source) {
    return Edge.ALL.stream()
        .filter(edge -> edge.source() == source && needed[edge.target()])
        .toList();
  }

  /** What part each of an edge's operators has in their mean. */
  public double share(Edge edge) {
    return 1.0 / mask.on(edge.index()).size();
  }
}
