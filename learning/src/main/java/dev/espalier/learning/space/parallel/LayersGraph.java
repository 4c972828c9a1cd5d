package dev.espalier.learning.space.parallel;

import dev.espalier.learning.onnx.Graph;
import dev.espalier.learning.onnx.OnnxModel;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import java.util.Map;

/** A network whose layers sum several operations, written layer by layer. */
public final class LayersGraph {
  /**
   * A network whose layers sum several operations.
   *
   * @param side height and width of the images
   * @param facts more about the model, by name
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  public static byte[] model(
      MacroShape shape,
      ParallelArchitecture architecture,
      Safetensors weights,
      int side,
      Map<String, String> facts) {
    Graph graph = new Graph(weights);
    ParallelPlan plan =
        new ParallelPlan(
            shape,
            architecture,
            OnnxModel.size(graph, "classifier.bias", 0),
            OnnxModel.size(graph, OnnxModel.FIRST, 1));
    new LayersGraph(graph, plan, side).write();
    return OnnxModel.model(graph, weights, plan.imageChannels(), side, facts);
  }

  private final Graph graph;
  private final ParallelPlan plan;
  private int side;

  /**
   * @param side height and width of the images
   */
  public LayersGraph(Graph graph, ParallelPlan plan, int side) {
    this.graph = graph;
    this.plan = plan;
    this.side = side;
  }

  void write() {
    MacroShape shape = plan.shape();
    String x =
        graph.relu6(graph.normalize(graph.convolution(Graph.IMAGES, "stem.0.weight", 1), "stem.1"));
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      x = layer(x, layer);
      side = Math.ceilDiv(side, shape.layers().get(layer).stride());
    }
    graph.classify(
        graph.relu6(graph.normalize(graph.convolution(x, "tail.0.weight", 1), "tail.1")));
  }

  private String layer(String x, int layer) {
    String rectified = graph.relu(x);
    return plan.operations(layer).stream()
        .map(operation -> run(operation, x, rectified, layer))
        .reduce(graph::add)
        .orElseThrow();
  }

  private String run(Operation operation, String x, String rectified, int layer) {
    String prefix = ParallelPlan.prefix(layer, operation);
    int stride = plan.shape().layers().get(layer).stride();
    return switch (operation) {
      case SKIP -> stride == 2 ? halved(rectified, prefix) : passed(x, prefix, layer);
      case SEPARABLE_3, SEPARABLE_5, SEPARABLE_7 -> {
        String first = separable(rectified, prefix + ".first", stride, 1);
        yield separable(graph.relu(first), prefix + ".second", 1, 1);
      }
      case DILATED_3, DILATED_5 -> separable(rectified, prefix, stride, operation.dilation());
    };
  }

  private String separable(String rectified, String prefix, int stride, int dilation) {
    String filtered = graph.depthwise(rectified, prefix + ".depthwise.weight", stride, dilation);
    return graph.normalize(
        graph.convolution(filtered, prefix + ".pointwise.weight", 1), prefix + ".norm");
  }

  private String passed(String x, String prefix, int layer) {
    boolean same = plan.shape().inputChannels(layer) == plan.shape().layers().get(layer).channels();
    return same ? x : graph.convolution(x, prefix + ".weight", 1);
  }

  /** Pixels of even row and column, and those of odd ones, side by side. */
  private String halved(String rectified, String prefix) {
    String whole = side % 2 == 0 ? rectified : graph.padded(rectified, 1, 1);
    return graph.normalize(
        graph.concatenate(
            graph.convolution(rectified, prefix + ".even.weight", 2),
            graph.convolution(graph.withoutFirst(whole), prefix + ".odd.weight", 2)),
        prefix + ".norm");
  }
}
