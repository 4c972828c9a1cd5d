package dev.espalier.learning.space.nasbench201;

import dev.espalier.learning.onnx.Graph;
import dev.espalier.learning.onnx.OnnxModel;
import dev.espalier.learning.space.nasbench201.network.Layer;
import dev.espalier.learning.space.nasbench201.network.Layer.CellLayer;
import dev.espalier.learning.space.nasbench201.network.Layer.ReductionLayer;
import dev.espalier.learning.space.nasbench201.network.NetworkPlan;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The network of a NAS-Bench-201 cell, written layer by layer. */
public record CellGraph(Graph graph, NetworkPlan plan, Cell cell) {
  /**
   * The network of a NAS-Bench-201 cell.
   *
   * @param cells of each stage (N)
   * @param side height and width of the images
   * @param facts more about the model, by name
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  public static byte[] model(
      Cell cell, int cells, Safetensors weights, int side, Map<String, String> facts) {
    Graph graph = new Graph(weights);
    NetworkPlan plan =
        NetworkPlan.whole(
            OnnxModel.size(graph, OnnxModel.FIRST, 0),
            cells,
            OnnxModel.size(graph, "classifier.bias", 0),
            OnnxModel.size(graph, OnnxModel.FIRST, 1));
    new CellGraph(graph, plan, cell).write();
    return OnnxModel.model(graph, weights, plan.imageChannels(), side, facts);
  }

  void write() {
    String x = graph.normalize(graph.convolution(Graph.IMAGES, "stem.0.weight", 1), "stem.1");
    for (Layer layer : plan.layers()) {
      x =
          switch (layer) {
            case CellLayer each -> cell(x, each);
            case ReductionLayer block -> reduce(x, "cells.%d".formatted(block.index()));
          };
    }
    graph.classify(graph.relu(graph.normalize(x, "lastact.0")));
  }

  private String cell(String input, CellLayer layer) {
    String[] nodes = new String[Edge.NODES];
    nodes[0] = input;
    for (int target = 1; target < Edge.NODES; target++) {
      @Nullable String sum = null;
      for (Edge edge : Edge.into(target)) {
        Operator operator = cell.operators().get(edge.index());
        if (operator != Operator.NONE) {
          String term = run(operator, nodes[edge.source()], layer, edge);
          sum = sum == null ? term : graph.add(sum, term);
        }
      }
      nodes[target] = sum == null ? graph.zeros(input) : sum;
    }
    return nodes[Edge.NODES - 1];
  }

  private String run(Operator operator, String source, CellLayer layer, Edge edge) {
    return switch (operator) {
      case NONE -> throw new IllegalStateException("none is not executed");
      case SKIP_CONNECT -> source;
      case AVG_POOL_3X3 -> graph.averagePool(source, 3, 1, 1);
      case NOR_CONV_1X1, NOR_CONV_3X3 ->
          convolveNormalize(source, NetworkPlan.operatorPrefix(layer, edge, operator), 1);
    };
  }

  private String reduce(String x, String prefix) {
    String first = convolveNormalize(x, prefix + ".conv_a", 2);
    String second = convolveNormalize(first, prefix + ".conv_b", 1);
    String shortcut =
        graph.convolution(graph.averagePool(x, 2, 2, 0), prefix + ".downsample.1.weight", 1);
    return graph.add(second, shortcut);
  }

  private String convolveNormalize(String x, String prefix, int stride) {
    return graph.normalize(
        graph.convolution(graph.relu(x), prefix + ".op.1.weight", stride), prefix + ".op.2");
  }
}
