package dev.espalier.learning.onnx;

import static dev.espalier.learning.onnx.Protos.ints;
import static dev.espalier.learning.onnx.Protos.number;
import static dev.espalier.learning.onnx.Protos.real;
import static dev.espalier.learning.onnx.Protos.value;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Safetensors;
import dev.espalier.search.failure.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * An ONNX graph as it grows, node by node. Values are known by name; each method adds a node and
 * answers with the name of what it gives. Letters: {@code b} batch, {@code c} channels, {@code h,
 * w} height and width.
 */
public final class Graph {
  public static final String IMAGES = "images";
  static final String LOGITS = "logits";

  private static final float EPSILON = 1e-5f;

  private final Safetensors weights;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> constants = new HashSet<>();
  private String classifier = "classifier";
  private int values;

  public Graph(Safetensors weights) {
    this.weights = weights;
  }

  /** Whether the weights have such an array. */
  public boolean has(String name) {
    return weights.arrays().containsKey(name);
  }

  /**
   * An array of the weights.
   *
   * @throws InvalidInput if they are of another network
   */
  public NamedArray array(String name) {
    NamedArray array = weights.arrays().get(name);
    if (array == null) {
      throw new InvalidInput(
          "the weights have no %s: they are of another network than %s"
              .formatted(name, weights.metadata()));
    }
    return array;
  }

  /** Without bias, padded so that stride 1 keeps the size. */
  public String convolution(String x, String weight, int stride) {
    return convolution(x, weight, stride, 1, 1);
  }

  /** Of every channel by itself, padded likewise. */
  public String depthwise(String x, String weight, int stride, int dilation) {
    return convolution(x, weight, stride, dilation, (int) array(weight).shape()[0]);
  }

  private String convolution(String x, String weight, int stride, int dilation, int groups) {
    long kernel = array(weight).shape()[2];
    long padding = (kernel - 1) / 2 * dilation;
    return node(
        "Conv",
        List.of(x, parameter(weight)),
        ints("kernel_shape", kernel, kernel),
        ints("strides", stride, stride),
        ints("pads", padding, padding, padding, padding),
        ints("dilations", dilation, dilation),
        number("group", groups));
  }

  /** Batch normalisation by the running statistics. */
  public String normalize(String x, String prefix) {
    return node(
        "BatchNormalization",
        List.of(
            x,
            parameter(prefix + ".weight"),
            parameter(prefix + ".bias"),
            parameter(prefix + ".running_mean"),
            parameter(prefix + ".running_var")),
        real("epsilon", EPSILON));
  }

  public String relu(String x) {
    return node("Relu", List.of(x));
  }

  public String relu6(String x) {
    return node("Clip", List.of(x, constant("zero", 0), constant("six", 6)));
  }

  /** {@code min(max(x + 3, 0), 6) / 6}. */
  public String hardSigmoid(String x) {
    return node("HardSigmoid", List.of(x), real("alpha", 1 / 6f), real("beta", 0.5f));
  }

  /** {@code x} times {@link #hardSigmoid} of it. */
  public String hardSwish(String x) {
    return node("HardSwish", List.of(x));
  }

  /** Element by element; a length of 1 is repeated. */
  public String multiply(String x, String y) {
    return node("Mul", List.of(x, y));
  }

  /** A 1x1 convolution with bias. */
  public String pointwise(String x, String prefix) {
    return node(
        "Conv",
        List.of(x, parameter(prefix + ".weight"), parameter(prefix + ".bias")),
        ints("kernel_shape", 1, 1));
  }

  /** Mean over space: {@code [b, c, h, w] -> [b, c, 1, 1]}. */
  public String globalAverage(String x) {
    return node("GlobalAveragePool", List.of(x));
  }

  public String add(String x, String y) {
    return node("Add", List.of(x, y));
  }

  /** As many zeros as {@code x} has numbers. */
  public String zeros(String x) {
    return node("Sub", List.of(x, x));
  }

  /** Padding does not count: each mean is over the pixels that exist. */
  public String averagePool(String x, int kernel, int stride, int padding) {
    return node(
        "AveragePool",
        List.of(x),
        ints("kernel_shape", kernel, kernel),
        ints("strides", stride, stride),
        ints("pads", padding, padding, padding, padding),
        number("count_include_pad", 0));
  }

  /** What lies outside counts for nothing. */
  public String maxPool(String x, int kernel, int stride, int padding) {
    return node(
        "MaxPool",
        List.of(x),
        ints("kernel_shape", kernel, kernel),
        ints("strides", stride, stride),
        ints("pads", padding, padding, padding, padding));
  }

  /** Channels side by side. */
  public String concatenate(String... parts) {
    return node("Concat", List.of(parts), number("axis", 1));
  }

  /** So many channels from the first on. */
  public String firstChannels(String x, int count) {
    return node(
        "Slice",
        List.of(
            x,
            constants("channels-from", 0),
            constants("channels-to", count),
            constants("channels-axis", 1)));
  }

  /** Zeros below and to the right: {@code [b, c, h, w] -> [b, c, h + rows, w + columns]}. */
  public String padded(String x, int rows, int columns) {
    return node("Pad", List.of(x, constants("pad", 0, 0, 0, 0, 0, 0, rows, columns)));
  }

  /** Without the first row and column. */
  public String withoutFirst(String x) {
    return node(
        "Slice",
        List.of(
            x,
            constants("from", 1, 1),
            constants("to", Integer.MAX_VALUE, Integer.MAX_VALUE),
            constants("axes", 2, 3)));
  }

  /** Mean over space and the linear classifier: {@code [b, c, h, w] -> [b, classes]}. */
  public void classify(String x) {
    classify(globalAverage(x), classifier);
  }

  /**
   * The linear classifier of this name: {@code [b, c, 1, 1] -> [b, classes]}.
   *
   * @param prefix of its weight and bias
   */
  public void classify(String x, String prefix) {
    classifier = prefix;
    String flat = node("Flatten", List.of(x), number("axis", 1));
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Gemm")
            .addAllInput(List.of(flat, parameter(prefix + ".weight"), parameter(prefix + ".bias")))
            .addOutput(LOGITS)
            .addAttribute(number("transB", 1)));
  }

  /**
   * The whole graph.
   *
   * @param channels of the images
   * @param side height and width of the images
   */
  public GraphProto finished(String name, int channels, int side) {
    long classes = array(classifier + ".bias").shape()[0];
    return graph
        .setName(name)
        .addInput(value(IMAGES, channels, side, side))
        .addOutput(value(LOGITS, classes))
        .build();
  }

  private String node(String operator, List<String> inputs, AttributeProto... attributes) {
    String output = "v" + values++;
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(operator.toLowerCase(Locale.ROOT) + "_" + output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(Arrays.asList(attributes)));
    return output;
  }

  private String parameter(String name) {
    if (constants.add(name)) {
      NamedArray array = array(name);
      ByteBuffer bytes =
          ByteBuffer.allocate(array.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(array.values());
      TensorProto.Builder tensor =
          TensorProto.newBuilder()
              .setName(name)
              .setDataType(DataType.FLOAT.getNumber())
              .setRawData(ByteString.copyFrom(bytes));
      Arrays.stream(array.shape()).forEach(tensor::addDims);
      graph.addInitializer(tensor);
    }
    return name;
  }

  private String constant(String name, float value) {
    if (constants.add(name)) {
      graph.addInitializer(
          TensorProto.newBuilder()
              .setName(name)
              .setDataType(DataType.FLOAT.getNumber())
              .addFloatData(value));
    }
    return name;
  }

  private String constants(String purpose, long... numbers) {
    String name = purpose + Arrays.toString(numbers);
    if (constants.add(name)) {
      TensorProto.Builder tensor =
          TensorProto.newBuilder()
              .setName(name)
              .setDataType(DataType.INT64.getNumber())
              .addDims(numbers.length);
      Arrays.stream(numbers).forEach(tensor::addInt64Data);
      graph.addInitializer(tensor);
    }
    return name;
  }
}
