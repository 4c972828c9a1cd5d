package dev.espalier.learning.meta;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a graph looks like: the states of its end, computed from the start, and of its start,
 * computed from the end, joined by a linear layer (Zhang et al. 2019, D-VAE, bidirectional).
 */
final class GraphEncoder {
  private final GraphTopology topology;
  private final DirectedPass forward;
  private final DirectedPass backward;
  private final Linear join;

  GraphEncoder(Leaves leaves, GraphTopology topology) {
    this.topology = topology;
    int vertices = topology.vertices();
    boolean[][] edges = topology.edges();
    int[] order = IntStream.range(0, vertices).toArray();
    this.forward =
        new DirectedPass(
            new RecurrentUnit(leaves, "grue_forward"),
            new Messages(leaves, "forward", "gate_forward", "mapper_forward"),
            IntStream.of(order)
                .mapToObj(v -> IntStream.range(0, v).filter(u -> edges[u][v]).toArray())
                .toArray(int[][]::new),
            order);
    this.backward =
        new DirectedPass(
            new RecurrentUnit(leaves, "grue_backward"),
            new Messages(leaves, "backward", "gate_backward", "mapper_backward"),
            IntStream.of(order)
                .mapToObj(v -> IntStream.range(v + 1, vertices).filter(u -> edges[v][u]).toArray())
                .toArray(int[][]::new),
            IntStream.of(order).map(v -> vertices - 1 - v).toArray());
    this.join = leaves.linear("hg_unify.0");
  }

  /** The states of graphs of the topology, {@code [b, h]}. */
  Tensor states(List<CodedGraph> graphs) {
    requireFit(topology, graphs);
    return join.apply(
        Ops.concatenate(List.of(forward.last(graphs), backward.last(graphs)), 1)); // [b, 2 h]
  }

  DirectedPass forward() {
    return forward;
  }

  DirectedPass backward() {
    return backward;
  }

  static void requireFit(GraphTopology topology, List<CodedGraph> graphs) {
    for (CodedGraph graph : graphs) {
      if (!topology.fits(graph)) {
        throw new IllegalArgumentException(
            "a graph has other edges than its space: encode architectures, not generated graphs");
      }
    }
  }
}
