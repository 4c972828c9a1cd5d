package dev.espalier.learning.space.nasbench201.network;

import dev.espalier.learning.network.Layers;
import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cell by its definition: four nodes; each is the sum of its incoming edges, an edge the mean
 * of its active operators; the last node is the output.
 */
record PlainCell(Layers layers, OperatorMask active) implements CellFunction {

  @Override
  public Tensor apply(Tensor input, CellLayer cell) {
    Tensor[] nodes = new Tensor[Edge.NODES];
    nodes[0] = input;
    for (int target = 1; target < Edge.NODES; target++) {
      nodes[target] = node(target, nodes, cell);
    }
    return nodes[Edge.NODES - 1];
  }

  private Tensor node(int target, Tensor[] nodes, CellLayer cell) {
    @Nullable Tensor sum = null;
    for (Edge edge : Edge.into(target)) {
      List<Operator> operators = active.on(edge.index());
      for (Operator operator : operators) {
        if (operator != Operator.NONE) {
          Tensor term = run(operator, nodes[edge.source()], cell, edge);
          Tensor weighted = operators.size() == 1 ? term : term.multiply(1.0 / operators.size());
          sum = sum == null ? weighted : sum.add(weighted);
        }
      }
    }
    return sum == null ? layers.zeros(nodes[0]) : sum;
  }

  private Tensor run(Operator operator, Tensor source, CellLayer cell, Edge edge) {
    return switch (operator) {
      case NONE -> throw new IllegalStateException("none is not executed");
      case SKIP_CONNECT -> source;
      case AVG_POOL_3X3 -> layers.dropPath().apply(Ops.averagePool(source, 3, 1, 1));
      case NOR_CONV_1X1, NOR_CONV_3X3 ->
          layers
              .dropPath()
              .apply(
                  layers.convolveNormalize(
                      layers.observed(Ops.relu(source)),
                      NetworkPlan.operatorPrefix(cell, edge, operator),
                      1));
    };
  }
}
