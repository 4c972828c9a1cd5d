package dev.espalier.learning.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.espalier.learning.network.DartsPlan;
import dev.espalier.learning.network.DartsWiring;
import dev.espalier.learning.network.NetworkPlan;
import dev.espalier.learning.network.ParallelPlan;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.Genotype;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained network as an ONNX model: input {@code images [batch, channels, side, side]},
 * normalised as in training; output {@code logits [batch, classes]}. Dropped paths and auxiliary
 * heads are of training only and are not in it. Its metadata are those of the weights, and whatever
 * else is known. The same weights and facts always give the same bytes.
 */
public final class OnnxModel {
  private static final String FIRST = "stem.0.weight";
  private static final int OPERATOR_SET = 17;

  /** The format's own version that came with those operators. */
  private static final int FORMAT = 8;

  private OnnxModel() {}

  /**
   * The network of a NAS-Bench-201 cell.
   *
   * @param cells of each stage (N)
   * @param side height and width of the images
   * @param facts more about the model, by name
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  public static byte[] ofCell(
      Cell cell, int cells, Safetensors weights, int side, Map<String, String> facts) {
    Graph graph = new Graph(weights);
    NetworkPlan plan =
        NetworkPlan.whole(
            size(graph, FIRST, 0), cells, size(graph, "classifier.bias", 0), size(graph, FIRST, 1));
    new CellGraph(graph, plan, cell).write();
    return model(graph, weights, plan.imageChannels(), side, facts);
  }

  /**
   * A network whose layers sum several operations.
   *
   * @param side height and width of the images
   * @param facts more about the model, by name
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  public static byte[] ofOperations(
      MacroShape shape,
      ParallelArchitecture architecture,
      Safetensors weights,
      int side,
      Map<String, String> facts) {
    Graph graph = new Graph(weights);
    ParallelPlan plan =
        new ParallelPlan(
            shape, architecture, size(graph, "classifier.bias", 0), size(graph, FIRST, 1));
    new LayersGraph(graph, plan, side).write();
    return model(graph, weights, plan.imageChannels(), side, facts);
  }

  /**
   * The network of a genotype. Its skeleton is read off the weights.
   *
   * @param cells of the whole network
   * @param side height and width of the images
   * @param facts more about the model, by name
   * @throws dev.espalier.search.failure.InvalidInput if the weights are of another network
   */
  public static byte[] ofGenotype(
      Genotype genotype, int cells, Safetensors weights, int side, Map<String, String> facts) {
    Graph graph = new Graph(weights);
    boolean imageNet = graph.has(GenotypeGraph.FIRST_FOR_IMAGENET);
    String first = imageNet ? GenotypeGraph.FIRST_FOR_IMAGENET : FIRST;
    DartsShape shape =
        new DartsShape(
            imageNet ? DartsShape.Stem.IMAGENET : DartsShape.Stem.CIFAR,
            imageNet ? 2 * size(graph, first, 0) : size(graph, first, 0) / 3,
            cells,
            size(graph, "classifier.bias", 0),
            side,
            size(graph, first, 1));
    new GenotypeGraph(graph, DartsPlan.of(shape), DartsWiring.of(genotype), side).write();
    return model(graph, weights, shape.imageChannels(), side, facts);
  }

  private static int size(Graph graph, String array, int axis) {
    return Math.toIntExact(graph.array(array).shape()[axis]);
  }

  private static byte[] model(
      Graph graph, Safetensors weights, int channels, int side, Map<String, String> facts) {
    Map<String, String> metadata = new TreeMap<>(weights.metadata());
    metadata.putAll(facts);
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .setProducerName("espalier")
            .setGraph(graph.finished("espalier", channels, side))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET));
    for (Map.Entry<String, String> each : metadata.entrySet()) {
      model.addMetadataProps(
          StringStringEntryProto.newBuilder().setKey(each.getKey()).setValue(each.getValue()));
    }
    return model.build().toByteArray();
  }
}
