package dev.espalier.learning.network;

import dev.espalier.learning.tensor.Ops;
import dev.espalier.learning.tensor.Tensor;
import java.util.List;

/**
 * A second classifier two thirds up a network, whose loss helps to train it and which is not used
 * afterwards: the heads of the published networks of DARTS, names included.
 *
 * <p>Published, 8 pixels are averaged by 5 with stride 3 (on ImageNet 7 by 5 with stride 2). Here
 * the window grows with the image so that always 2 x 2 pixels are left, which for 8 and 7 is the
 * same.
 */
public record AuxiliaryHead(Layers layers) {
  private static final String FEATURES = TrainableNetwork.AUXILIARY + "features.";
  private static final String CLASSIFIER = TrainableNetwork.AUXILIARY + "classifier.";
  private static final String LAST_NORM = FEATURES + "6";
  private static final int NARROW = 128;
  private static final int WIDE = 768;

  /** The two that were published. */
  public enum Form {
    /** Batch norm behind both convolutions. */
    CIFAR,
    /** Batch norm behind the first convolution only, as the published ImageNet networks have it. */
    IMAGENET
  }

  /**
   * @param channels of its input
   */
  public static List<ParameterSpecification> parameters(int channels, int classes, Form form) {
    return parameters(channels, classes).stream()
        .filter(each -> form == Form.CIFAR || !each.name().startsWith(LAST_NORM))
        .toList();
  }

  /**
   * Of the form for CIFAR.
   *
   * @param channels of its input
   */
  public static List<ParameterSpecification> parameters(int channels, int classes) {
    return List.of(
        ParameterSpecification.convolution(FEATURES + "2.weight", NARROW, channels, 1),
        ParameterSpecification.scale(FEATURES + "3.weight", NARROW),
        ParameterSpecification.shift(FEATURES + "3.bias", NARROW),
        ParameterSpecification.convolution(FEATURES + "5.weight", WIDE, NARROW, 2),
        ParameterSpecification.scale(LAST_NORM + ".weight", WIDE),
        ParameterSpecification.shift(LAST_NORM + ".bias", WIDE),
        ParameterSpecification.matrix(CLASSIFIER + "weight", classes, WIDE),
        ParameterSpecification.bias(CLASSIFIER + "bias", classes, WIDE));
  }

  /**
   * @param x {@code [b, c, h, h]}, at least 2 pixels high
   * @return logits {@code [b, classes]}
   */
  public Tensor run(Tensor x) {
    int side = (int) x.dimension(2);
    int window = Math.min(side - 1, Math.ceilDiv(5 * side, 8));
    Tensor pooled = Ops.averagePool(Ops.relu(x), window, side - window, 0); // [b, c, 2, 2]
    Tensor narrow =
        layers.normalize(layers.convolve(pooled, FEATURES + "2.weight", 1), FEATURES + "3");
    Tensor wide =
        Ops.convolution(Ops.relu(narrow), layers.parameter(FEATURES + "5.weight"), null, 1, 0, 1);
    boolean normalized = layers.has(LAST_NORM + ".weight");
    Tensor last = Ops.relu(normalized ? layers.normalize(wide, LAST_NORM) : wide); // [b, 768, 1, 1]
    return Ops.linear(
        last.reshape(last.dimension(0), WIDE),
        layers.parameter(CLASSIFIER + "weight"),
        layers.parameter(CLASSIFIER + "bias")); // -> [b, classes]
  }
}
