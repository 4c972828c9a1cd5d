package dev.espalier.search.space.nasbench201;

import dev.espalier.search.space.Cost;

/**
 * What a cell's network costs: trainable parameters, and multiply-accumulates of one image through
 * the convolutions and the linear layer (its bias counted as one for each output), as the TE-NAS
 * program counts. Operators are counted wherever they stand, also where no path leads through them.
 */
public final class NetworkCost {
  private static final int STAGES = 3;

  private NetworkCost() {}

  public static Cost of(Cell cell, NetworkShape shape) {
    int channels = shape.channels();
    int size = shape.imageSize();
    Cost total = stem(shape);
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

  private static Cost stem(NetworkShape shape) {
    return convolution(3, shape.imageChannels(), shape.channels(), shape.imageSize())
        .plus(batchNorm(shape.channels()));
  }

  private static Cost cell(Cell cell, int channels, int size) {
    Cost total = Cost.NOTHING;
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
  private static Cost residualBlock(int in, int out, int size) {
    return convolution(3, in, out, size)
        .plus(batchNorm(out))
        .plus(convolution(3, out, out, size))
        .plus(batchNorm(out))
        .plus(convolution(1, in, out, size));
  }

  /** Without bias; {@code size} is the height and width of the output. */
  private static Cost convolution(int kernel, int in, int out, int size) {
    long weights = (long) kernel * kernel * in * out;
    return new Cost(weights * size * size, weights);
  }

  private static Cost batchNorm(int channels) {
    return new Cost(0, 2L * channels);
  }

  private static Cost linear(int in, int out) {
    long weights = (long) in * out + out;
    return new Cost(weights, weights);
  }
}
