package dev.espalier.learning.space.nasbench101;

import dev.espalier.learning.onnx.Graph;
import dev.espalier.learning.onnx.OnnxModel;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.GraphCellNetwork;
import dev.espalier.search.space.nasbench101.GraphCellNetwork.Place;
import dev.espalier.search.space.nasbench101.GraphWidths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The network of a NAS-Bench-101 cell, written cell by cell. */
public final class ModuleGraph {
  private final Graph graph;
  private final GraphCellPlan plan;

  private ModuleGraph(Graph graph, GraphCellPlan plan) {
    this.graph = graph;
    this.plan = plan;
  }

  /**
   * The network of a NAS-Bench-101 cell.
   *
   * @param side height and width of the images
   * @param facts more about the model, by name
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  public static byte[] model(
      GraphCell cell,
      GraphCellNetwork network,
      Safetensors weights,
      int side,
      Map<String, String> facts) {
    Graph graph = new Graph(weights);
    GraphCellPlan plan =
        GraphCellPlan.whole(
            cell,
            network,
            OnnxModel.size(graph, "classifier.bias", 0),
            OnnxModel.size(graph, OnnxModel.FIRST, 1));
    new ModuleGraph(graph, plan).write();
    return OnnxModel.model(graph, weights, plan.imageChannels(), side, facts);
  }

  private void write() {
    String x = rectified(Graph.IMAGES, "stem.0.weight", "stem.1");
    for (Place place : plan.places()) {
      x = cell(place.isHalved() ? graph.maxPool(x, 2, 2, 0) : x, place);
    }
    graph.classify(x);
  }

  private String cell(String input, Place place) {
    GraphCell cell = plan.cell();
    GraphWidths widths = plan.widths(place);
    List<String> outputs = new ArrayList<>(List.of(input));
    for (int vertex = 1; vertex < cell.output(); vertex++) {
      String read = sum(outputs, vertex, widths, place);
      outputs.add(
          cell.operation(vertex).isConvolution()
              ? rectified(read, GraphCellPlan.operation(place, vertex, cell.operation(vertex)))
              : graph.maxPool(read, 3, 1, 1));
    }
    return output(outputs, place);
  }

  private String sum(List<String> outputs, int vertex, GraphWidths widths, Place place) {
    int width = widths.of(vertex);
    return plan.cell().sources(vertex).stream()
        .map(source ->
            source == 0
                ? project(outputs.getFirst(), place, vertex)
                : widths.of(source) == width
                    ? outputs.get(source)
                    : graph.firstChannels(outputs.get(source), width))
        .reduce(graph::add)
        .orElseThrow();
  }

  private String output(List<String> outputs, Place place) {
    GraphCell cell = plan.cell();
    String[] parts =
        cell.sources(cell.output()).stream()
            .filter(source -> source > 0)
            .map(outputs::get)
            .toArray(String[]::new);
    if (parts.length == 0) {
      return project(outputs.getFirst(), place, cell.output());
    }
    String whole = parts.length == 1 ? parts[0] : graph.concatenate(parts);
    return cell.hasEdge(0, cell.output())
        ? graph.add(whole, project(outputs.getFirst(), place, cell.output()))
        : whole;
  }

  private String project(String input, Place place, int vertex) {
    return rectified(input, GraphCellPlan.projection(place, vertex));
  }

  private String rectified(String x, String prefix) {
    return rectified(
        x, GraphCellPlan.convolution(prefix) + ".weight", GraphCellPlan.normalization(prefix));
  }

  private String rectified(String x, String weight, String norm) {
    return graph.relu(graph.normalize(graph.convolution(x, weight, 1), norm));
  }
}
