package dev.espalier.learning.predictor;

import dev.espalier.learning.data.Npz;
import dev.espalier.learning.predictor.convolution.VertexGraph;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.random.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sixteen cells and two networks of the published program (golden/neuralpredictor/README.md). */
final class GoldenCells {
  static final String FOLDER = "golden/neuralpredictor/";
  static final int MOST = 7;
  static final int KINDS = 5;

  private static final GraphLayout LAYOUT = GraphLayout.chain(1, 1);

  private GoldenCells() {}

  static Npz file(String name) {
    return Npz.of(FOLDER + name);
  }

  static ConvolutionSize size(String model) {
    return model.equals("full_model")
        ? new ConvolutionSize(KINDS, 144, 128, 3)
        : new ConvolutionSize(KINDS, 8, 6, 3);
  }

  static Map<String, NamedArray> weights(String model) {
    Npz golden = file(model + "_weights.npz");
    Map<String, NamedArray> arrays = new LinkedHashMap<>();
    size(model)
        .parameters()
        .forEach(each ->
            arrays.put(
                each.name(),
                new NamedArray(
                    each.name(),
                    new long[] {each.rows(), each.columns()},
                    golden.floats(each.name()))));
    return arrays;
  }

  static ConvolutionNetwork network(String model, ConvolutionTask task) {
    ConvolutionNetwork network =
        new ConvolutionNetwork(
            task,
            TargetScale.NONE,
            size(model),
            new ConvolutionSettings(1e-3, 0, false),
            purpose -> RandomStream.of(0, purpose));
    Model.assign(network.matrices(), weights(model));
    return network;
  }

  static List<EncodedArchitecture> encoded(Npz golden) {
    return graphs(golden).stream()
        .map(graph -> new EncodedArchitecture(LAYOUT, graph, false))
        .toList();
  }

  static List<VertexGraph> graphs(Npz golden) {
    double[] sizes = golden.get("in/num_vertices");
    List<VertexGraph> graphs = new ArrayList<>();
    for (int cell = 0; cell < sizes.length; cell++) {
      int[] kinds = new int[(int) sizes[cell]];
      List<Integer> edges = new ArrayList<>();
      for (int v = 0; v < kinds.length; v++) {
        kinds[v] = (int) golden.get("in/operations")[cell * MOST + v] + VertexGraph.FIRST_OPERATION;
        for (int u = 0; u < kinds.length; u++) {
          if (golden.get("in/adjacency")[(cell * MOST + v) * MOST + u] == 1) {
            edges.add(VertexGraph.edge(v, u));
          }
        }
      }
      graphs.add(
          new VertexGraph(KINDS, kinds, edges.stream().mapToInt(Integer::intValue).toArray()));
    }
    return graphs;
  }
}
