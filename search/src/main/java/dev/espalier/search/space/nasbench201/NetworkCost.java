package dev.espalier.search.space.nasbench201;

/**
 * What a cell's network costs: trainable parameters, and multiply-accumulates of one image through
 * the convolutions and the linear layer (its bias counted as one for each output), as the TE-NAS
 * program counts. Operators are counted wherever they stand, also where no path leads through them.
 */
public record NetworkCost(long parameters, long macs) {
  private static final int STAGES = 3;

  public static NetworkCost of(Cell cell, NetworkShape shape) {
    int channels = shape.channels();
    int size = shape.imageSize();
    NetworkCost total = stem(shape);
    for (int stage = 0; stage < STAGES; stage++) {
      if (stage > 0) {
        size /= 2;
        total = total.plus(residualBlock(channels, 2 * channels, size));
        channels *= 2;
      }
      total = total.plus(cell(cell, channels, size).times(shape.cellsPerStage()));
    }
    return total.plus(batchNorm(channels)).plus(linear(channels, shape.classes()));
  }

  private static NetworkCost stem(NetworkShape shape) {
    return convolution(3, shape.imageChannels(), shape.channels(), shape.imageSize())
        .plus(batchNorm(shape.channels()));
  }

  private static NetworkCost cell(Cell cell, int channels, int size) {
    NetworkCost total = new NetworkCost(0, 0);
    for (Operator operator : cell.operators()) {
      if (operator.isConvolution()) {
        total =
            total
                .plus(convolution(operator.convolutionSize(), channels, channels, size))
                .plus(batchNorm(channels));
      }
    }
    return total;
  }

  /**
   * Two 3x3 convolutions with batch norm, the first of stride 2; a 1x1 convolution on the averaged
   * shortcut.
   */
  private static NetworkCost residualBlock(int in, int out, int size) {
    return convolution(3, in, out, size)
        .plus(batchNorm(out))
        .plus(convolution(3, out, out, size))
        .plus(batchNorm(out))
        .plus(convolution(1, in, out, size));
  }

  /** Without bias; {@code size} is the height and width of the output. */
  private static NetworkCost convolution(int kernel, int in, int out, int size) {
    long weights = (long) kernel * kernel * in * out;
    return new NetworkCost(weights, weights * size * size);
  }

  private static NetworkCost batchNorm(int channels) {
    return new NetworkCost(2L * channels, 0);
  }

  private static NetworkCost linear(int in, int out) {
    long weights = (long) in * out + out;
    return new NetworkCost(weights, weights);
  }

  private NetworkCost plus(NetworkCost other) {
    return new NetworkCost(parameters + other.parameters, macs + other.macs);
  }

  private NetworkCost times(int factor) {
    return new NetworkCost(parameters * factor, macs * factor);
  }
}
