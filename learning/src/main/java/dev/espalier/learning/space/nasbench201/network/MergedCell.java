package dev.espalier.learning.space.nasbench201.network;

import dev.espalier.learning.network.Layers;
import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Ops.Normalization;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same cell in train mode, arranged for many backward passes over one graph: what reads the
 * same node is computed together.
 *
 * <p>A node is rectified and pooled once. The convolutions of one size that leave it become one
 * convolution with their filters side by side, and one batch norm: both treat every output channel
 * by itself, so this is the same function. The operators' weights {@code 1 / m} go into scales and
 * shifts, which are small. Nodes that the output does not depend on are left out. Measured: about
 * half the processor time of {@link PlainCell} for the whole supernet.
 *
 * <p>Running statistics of the operators are not moved.
 */
final class MergedCell implements CellFunction {
  private static final List<Operator> CONVOLUTIONS =
      List.of(Operator.NOR_CONV_1X1, Operator.NOR_CONV_3X3);

  private final Layers layers;
  private final OperatorMask active;
  private final LiveEdges live;

  MergedCell(Layers layers, OperatorMask active) {
    this.layers = layers;
    this.active = active;
    this.live = new LiveEdges(active);
  }

  @Override
  public Tensor apply(Tensor input, CellLayer cell) {
    Nodes nodes = new Nodes(input);
    for (int source = 0; source < Edge.NODES - 1; source++) {
      if (live.needs(source)) {
        addConvolutions(nodes, source, cell);
        addSkipsAndPools(nodes, source);
      }
    }
    return nodes.get(Edge.NODES - 1);
  }

  private void addConvolutions(Nodes nodes, int source, CellLayer cell) {
    @Nullable Tensor rectified = null;
    for (Operator convolution : CONVOLUTIONS) {
      List<Edge> edges = edges(source, convolution);
      if (!edges.isEmpty()) {
        rectified = rectified == null ? Ops.relu(nodes.get(source)) : rectified;
        Tensor sideBySide = convolve(rectified, edges, convolution, cell); // [b, edges * c, h, w]
        List<Tensor> parts = pieces(sideBySide, edges.size(), cell.channels()); // each [b, c, h, w]
        for (int i = 0; i < edges.size(); i++) {
          nodes.add(edges.get(i).target(), parts.get(i));
        }
      }
    }
  }

  private Tensor convolve(
      Tensor rectified, List<Edge> edges, Operator convolution, CellLayer cell) {
    List<Tensor> filters = new ArrayList<>();
    List<Tensor> scales = new ArrayList<>();
    List<Tensor> shifts = new ArrayList<>();
    for (Edge edge : edges) {
      String prefix = NetworkPlan.operatorPrefix(cell, edge, convolution);
      filters.add(layers.parameter(prefix + ".op.1.weight"));
      scales.add(weighted(layers.parameter(prefix + ".op.2.weight"), edge));
      shifts.add(weighted(layers.parameter(prefix + ".op.2.bias"), edge));
    }
    Tensor scale = joined(scales);
    Normalization statistics =
        new Normalization(scale, joined(shifts), layers.zeros(scale), layers.zeros(scale));
    Tensor convolved = Ops.convolution(rectified, joined(filters), 1);
    return Ops.batchNorm(convolved, statistics, true, Layers.MOMENTUM, Layers.EPSILON);
  }

  private void addSkipsAndPools(Nodes nodes, int source) {
    @Nullable Tensor pooled = null;
    Map<List<Operator>, Tensor> terms = new HashMap<>(); // edges with the same operators share one
    for (Edge edge : live.from(source)) {
      List<Operator> operators = active.on(edge.index());
      boolean skip = operators.contains(Operator.SKIP_CONNECT);
      boolean pool = operators.contains(Operator.AVG_POOL_3X3);
      if (skip || pool) {
        Tensor term = terms.get(operators);
        if (term == null) {
          Tensor x = nodes.get(source);
          if (pool && pooled == null) {
            pooled = Ops.averagePool(x, 3, 1, 1);
          }
          Tensor sum = pool && pooled != null ? skip ? x.add(pooled) : pooled : x;
          term = weighted(sum, edge);
          terms.put(operators, term);
        }
        nodes.add(edge.target(), term);
      }
    }
  }

  private List<Edge> edges(int source, Operator operator) {
    return live.from(source).stream()
        .filter(edge -> active.isActive(edge.index(), operator))
        .toList();
  }

  private Tensor weighted(Tensor x, Edge edge) {
    int operators = active.on(edge.index()).size();
    return operators == 1 ? x : x.multiply(1.0 / operators);
  }

  private static Tensor joined(List<Tensor> parts) {
    return parts.size() == 1 ? parts.getFirst() : Ops.concatenate(parts, 0);
  }

  private static List<Tensor> pieces(Tensor x, int count, int channels) {
    long[] sizes = new long[count];
    Arrays.fill(sizes, channels);
    return count == 1 ? List.of(x) : Ops.split(x, 1, sizes);
  }

  /** The nodes' values as far as their edges have been added. */
  private final class Nodes {
    private final @Nullable Tensor[] sums = new @Nullable Tensor[Edge.NODES];
    private final Tensor input;

    Nodes(Tensor input) {
      this.input = input;
      sums[0] = input;
    }

    void add(int node, Tensor term) {
      Tensor sum = sums[node];
      sums[node] = sum == null ? term : sum.add(term);
    }

    /** A node without edges is zero. */
    Tensor get(int node) {
      Tensor sum = sums[node];
      return sum == null ? layers.zeros(input) : sum;
    }
  }
}
