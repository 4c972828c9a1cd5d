package dev.espalier.learning.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.espalier.learning.training.Safetensors;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trained network as an ONNX model: input {@code images [batch, channels, side, side]},
 * normalised as in training; output {@code logits [batch, classes]}. Dropped paths and auxiliary
 * heads are of training only and are not in it. Its metadata are those of the weights, and whatever
 * else is known. The same weights and facts always give the same bytes.
 */
public final class OnnxModel {
  /** The first convolution in most networks. */
  public static final String FIRST = "stem.0.weight";

  private static final int OPERATOR_SET = 17;

  /** The format's own version that came with those operators. */
  private static final int FORMAT = 8;

  private OnnxModel() {}

  /** The length of an array of the weights along an axis. */
  public static int size(Graph graph, String array, int axis) {
    return Math.toIntExact(graph.array(array).shape()[axis]);
  }

  /**
   * The model of a network that was written into the graph.
   *
   * @param channels of the images
   * @param side height and width of the images
   * @param facts more about the model, by name
   */
  public static byte[] model(
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
