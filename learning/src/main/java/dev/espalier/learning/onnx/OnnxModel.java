package dev.espalier.learning.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.network.ParallelPlan;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import java.util.Map;

/**
 * A trained network as an ONNX model: input {@code images [batch, channels, side, side]},
 * normalised as in training; output {@code logits [batch, classes]}. Dropped paths and auxiliary
 * heads are of training only and are not in it. The same weights always give the same bytes.
 */
public final class OnnxModel {
  private static final int OPERATOR_SET = 17;

  /** The format's own version that came with those operators. */
  private static final int FORMAT = 8;

  private OnnxModel() {}

  /**
   * The network of a NAS-Bench-201 cell.
   *
   * @param cells of each stage (N)
   * @param side height and width of the images
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  public static byte[] ofCell(Cell cell, int cells, Safetensors weights, int side) {
    Graph graph = new Graph(weights);
    NetworkPlan plan =
        NetworkPlan.whole(
            size(graph, "stem.0.weight", 0),
            cells,
            size(graph, "classifier.bias", 0),
            size(graph, "stem.0.weight", 1));
    new CellGraph(graph, plan, cell).write();
    return model(graph, weights, side);
  }

  /**
   * A network whose layers sum several operations.
   *
   * @param side height and width of the images
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  public static byte[] ofOperations(
      MacroShape shape, ParallelArchitecture architecture, Safetensors weights, int side) {
    Graph graph = new Graph(weights);
    ParallelPlan plan =
        new ParallelPlan(
            shape,
            architecture,
            size(graph, "classifier.bias", 0),
            size(graph, "stem.0.weight", 1));
    new LayersGraph(graph, plan, side).write();
    return model(graph, weights, side);
  }

  private static int size(Graph graph, String array, int axis) {
    return Math.toIntExact(graph.array(array).shape()[axis]);
  }

  private static byte[] model(Graph graph, Safetensors weights, int side) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .setProducerName("espalier")
            .setGraph(graph.finished("espalier", side))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET));
    for (Map.Entry<String, String> each : weights.metadata().entrySet()) {
      model.addMetadataProps(
          StringStringEntryProto.newBuilder().setKey(each.getKey()).setValue(each.getValue()));
    }
    return model.build().toByteArray();
  }
}
