package dev.espalier.learning.space.mobilenetv3;

import dev.espalier.learning.onnx.Graph;
import dev.espalier.learning.onnx.OnnxModel;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.space.mobilenetv3.ElasticArchitecture;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork;
import dev.espalier.search.space.mobilenetv3.ElasticNetwork.Place;
import dev.espalier.search.space.mobilenetv3.ElasticStage.Activation;
import java.util.List;
import java.util.Map;

/** A network of MobileNetV3's elastic space, written block by block. */
final class ElasticGraph {
  private final Graph graph;
  private final ElasticPlan plan;

  private ElasticGraph(Graph graph, ElasticPlan plan) {
    this.graph = graph;
    this.plan = plan;
  }

  /**
   * The network of an architecture.
   *
   * @param side height and width of the images
   * @param facts more about the model, by name
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  static byte[] model(
      ElasticArchitecture architecture,
      ElasticNetwork network,
      Safetensors weights,
      int side,
      Map<String, String> facts) {
    Graph graph = new Graph(weights);
    ElasticPlan plan =
        new ElasticPlan(
            architecture,
            network,
            OnnxModel.size(graph, ElasticPlan.CLASSIFIER + ".bias", 0),
            OnnxModel.size(graph, ElasticPlan.FIRST, 1));
    new ElasticGraph(graph, plan).write();
    return OnnxModel.model(graph, weights, plan.imageChannels(), side, facts);
  }

  private void write() {
    String x =
        activated(
            graph.convolution(Graph.IMAGES, ElasticPlan.FIRST, plan.network().firstStride()),
            ElasticPlan.FIRST_NORM,
            Activation.HARD_SWISH);
    List<Place> places = plan.places();
    for (int block = 0; block < places.size(); block++) {
      x = block(x, ElasticPlan.block(block), places.get(block));
    }
    String expanded =
        activated(
            graph.convolution(x, ElasticPlan.EXPANDED, 1),
            ElasticPlan.EXPANDED_NORM,
            Activation.HARD_SWISH);
    String mixed =
        graph.hardSwish(graph.convolution(graph.globalAverage(expanded), ElasticPlan.MIXED, 1));
    graph.classify(mixed, ElasticPlan.CLASSIFIER);
  }

  private String block(String x, String prefix, Place place) {
    String inner =
        place.expands()
            ? activated(
                graph.convolution(x, prefix + "inverted_bottleneck.conv.weight", 1),
                prefix + "inverted_bottleneck.bn",
                place.activation())
            : x;
    String filtered =
        activated(
            graph.depthwise(inner, prefix + "depth_conv.conv.weight", place.stride(), 1),
            prefix + "depth_conv.bn",
            place.activation());
    String weighed =
        place.isGated()
            ? graph.multiply(filtered, gate(filtered, prefix + "depth_conv.se.fc."))
            : filtered;
    String out =
        graph.normalize(
            graph.convolution(weighed, prefix + "point_linear.conv.weight", 1),
            prefix + "point_linear.bn");
    return place.isResidual() ? graph.add(out, x) : out;
  }

  private String gate(String x, String prefix) {
    String reduced = graph.relu(graph.pointwise(graph.globalAverage(x), prefix + "reduce"));
    return graph.hardSigmoid(graph.pointwise(reduced, prefix + "expand"));
  }

  private String activated(String x, String norm, Activation activation) {
    String normalized = graph.normalize(x, norm);
    return switch (activation) {
      case RELU -> graph.relu(normalized);
      case HARD_SWISH -> graph.hardSwish(normalized);
    };
  }
}
