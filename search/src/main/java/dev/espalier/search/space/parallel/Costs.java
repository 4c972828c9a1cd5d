package dev.espalier.search.space.parallel;

import dev.espalier.search.space.Cost;

/**
 * MACs and parameters of the networks of one shape: exactly additive over layers and operations.
 */
public final class Costs {
  private final MacroShape shape;
  private final Cost fixed;
  private final Cost[][] parts;

  /**
   * @param imageSize height and width of the input in pixels
   * @param imageChannels of the input
   */
  public Costs(MacroShape shape, int imageSize, int imageChannels, int classes) {
    this.shape = shape;
    long pixels = (long) imageSize * imageSize;
    Cost stem = convolution(imageChannels, shape.stem(), 3, pixels).plus(norm(shape.stem()));
    parts = new Cost[shape.layers().size()][shape.operations().size()];
    int size = imageSize;
    for (int layer = 0; layer < parts.length; layer++) {
      size = Math.ceilDiv(size, shape.layers().get(layer).stride());
      for (int i = 0; i < parts[layer].length; i++) {
        parts[layer][i] = part(layer, shape.operations().get(i), (long) size * size);
      }
    }
    int last = shape.inputChannels(parts.length);
    Cost linear = new Cost(0, (long) shape.tail() * classes + classes);
    fixed =
        stem.plus(convolution(last, shape.tail(), 1, (long) size * size))
            .plus(norm(shape.tail()))
            .plus(linear);
  }

  private Cost part(int layer, Operation operation, long pixels) {
    int in = shape.inputChannels(layer);
    int out = shape.layers().get(layer).channels();
    if (operation == Operation.SKIP) {
      if (shape.layers().get(layer).stride() == 2) {
        return convolution(in, out, 1, pixels).plus(norm(out));
      }
      return in == out ? Cost.NOTHING : convolution(in, out, 1, pixels);
    }
    Cost last =
        depthwise(in, operation.kernel(), pixels)
            .plus(convolution(in, out, 1, pixels))
            .plus(norm(out));
    return operation.isSeparable()
        ? depthwise(in, operation.kernel(), pixels)
            .plus(convolution(in, in, 1, pixels))
            .plus(norm(in))
            .plus(last)
        : last;
  }

  private static Cost convolution(int in, int out, int kernel, long pixels) {
    long weights = (long) in * out * kernel * kernel;
    return new Cost(weights * pixels, weights);
  }

  private static Cost depthwise(int channels, int kernel, long pixels) {
    return convolution(1, channels, kernel, pixels);
  }

  private static Cost norm(int channels) {
    return new Cost(0, 2L * channels);
  }

  /** Stem, tail and classifier. */
  public Cost fixed() {
    return fixed;
  }

  /**
   * @param operation position among the shape's operations
   */
  public Cost part(int layer, int operation) {
    return parts[layer][operation];
  }

  public Cost of(ParallelArchitecture architecture) {
    Cost sum = fixed;
    for (int layer = 0; layer < parts.length; layer++) {
      for (Operation operation : architecture.layers().get(layer)) {
        sum = sum.plus(parts[layer][shape.operations().indexOf(operation)]);
      }
    }
    return sum;
  }
}
