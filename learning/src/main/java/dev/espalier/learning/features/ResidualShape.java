package dev.espalier.learning.features;

import dev.espalier.learning.network.ParameterSpecification;
import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The sizes of a residual network of basic blocks in its ImageNet layout (He et al. 2016): a
 * convolution of 7x7 with stride 2, max pooling, stages of blocks of two convolutions of 3x3, the
 * average over the image. Parameters have the names of torchvision's.
 *
 * @param blocks of each stage; every stage but the first halves height and width
 * @param widths channels of each stage; the last is the width of the features
 */
public record ResidualShape(List<Integer> blocks, List<Integer> widths) {
  /** That of ResNet-18. */
  public static final ResidualShape RESNET_18 =
      new ResidualShape(List.of(2, 2, 2, 2), List.of(64, 128, 256, 512));

  private static final int STEM_KERNEL = 7;
  private static final int IMAGE_CHANNELS = 3;

  public ResidualShape {
    blocks = List.copyOf(blocks);
    widths = List.copyOf(widths);
    if (blocks.isEmpty() || blocks.size() != widths.size()) {
      throw new IllegalArgumentException(
          "%s blocks and %s channels are no stages".formatted(blocks, widths));
    }
  }

  /** The numbers of an image's features. */
  public int features() {
    return widths.getLast();
  }

  /**
   * A convolution of a block, by name.
   *
   * @param in channels of the block's input
   */
  record Block(String prefix, int in, int out, int stride) {
    boolean isProjected() {
      return stride > 1 || in != out;
    }
  }

  /** The blocks in order. */
  List<Block> layout() {
    List<Block> layout = new ArrayList<>();
    int in = widths.getFirst();
    for (int stage = 0; stage < blocks.size(); stage++) {
      for (int block = 0; block < blocks.get(stage); block++) {
        layout.add(
            new Block(
                "layer%d.%d".formatted(stage + 1, block),
                in,
                widths.get(stage),
                stage > 0 && block == 0 ? 2 : 1));
        in = widths.get(stage);
      }
    }
    return layout;
  }

  /**
   * The parameters in the order of the forward pass.
   *
   * @param classes of the classifier behind the features; 0 for none
   */
  List<ParameterSpecification> parameters(int classes) {
    List<ParameterSpecification> parameters = new ArrayList<>();
    int stem = widths.getFirst();
    parameters.add(
        ParameterSpecification.convolution("conv1.weight", stem, IMAGE_CHANNELS, STEM_KERNEL));
    addNormalization("bn1", stem, parameters);
    for (Block block : layout()) {
      String prefix = block.prefix();
      parameters.add(
          ParameterSpecification.convolution(prefix + ".conv1.weight", block.out(), block.in(), 3));
      addNormalization(prefix + ".bn1", block.out(), parameters);
      parameters.add(
          ParameterSpecification.convolution(
              prefix + ".conv2.weight", block.out(), block.out(), 3));
      addNormalization(prefix + ".bn2", block.out(), parameters);
      if (block.isProjected()) {
        parameters.add(
            ParameterSpecification.convolution(
                prefix + ".downsample.0.weight", block.out(), block.in(), 1));
        addNormalization(prefix + ".downsample.1", block.out(), parameters);
      }
    }
    if (classes > 0) {
      parameters.add(ParameterSpecification.matrix("fc.weight", classes, features()));
      parameters.add(ParameterSpecification.bias("fc.bias", classes, features()));
    }
    return parameters;
  }

  private static void addNormalization(
      String prefix, int channels, List<ParameterSpecification> parameters) {
    parameters.add(ParameterSpecification.scale(prefix + ".weight", channels));
    parameters.add(ParameterSpecification.shift(prefix + ".bias", channels));
  }

  /**
   * The sizes of a network with these weights.
   *
   * @param name of the weights, for messages
   * @param shapes of the weights by name
   * @throws InvalidInput if they are no residual network of basic blocks, with the reason
   */
  static ResidualShape of(String name, Map<String, long[]> shapes) {
    if (shapes.containsKey("layer1.0.conv3.weight")) {
      throw new InvalidInput(
          ("%s is a residual network of bottlenecks (50 layers or more): features are computed by"
                  + " one of basic blocks, such as ResNet-18")
              .formatted(name));
    }
    if (!shapes.containsKey("conv1.weight") || !shapes.containsKey("layer1.0.conv1.weight")) {
      throw new InvalidInput(
          ("%s holds no residual network in torchvision's names: it has no conv1.weight or"
                  + " layer1.0.conv1.weight, but %s: give the state dict of a ResNet-18")
              .formatted(name, shapes.keySet().stream().sorted().limit(3).toList()));
    }
    List<Integer> blocks = new ArrayList<>();
    List<Integer> widths = new ArrayList<>();
    for (int stage = 1; ; stage++) {
      long[] first = shapes.get(weight(stage, 0));
      if (first == null) {
        return new ResidualShape(blocks, widths);
      }
      int count = 0;
      while (shapes.containsKey(weight(stage, count))) {
        count++;
      }
      blocks.add(count);
      widths.add(Math.toIntExact(first[0]));
    }
  }

  private static String weight(int stage, int block) {
    return "layer%d.%d.conv1.weight".formatted(stage, block);
  }
}
