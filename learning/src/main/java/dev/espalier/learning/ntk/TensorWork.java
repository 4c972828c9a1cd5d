package dev.espalier.learning.ntk;

import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import java.util.Map;

/**
 * What all layers of one kernel over tensors share.
 *
 * @param parameters of the network by name, row-major
 * @param betweenSteps ends the measurement by throwing
 */
record TensorWork(
    Torch torch, Precision precision, Map<String, float[]> parameters, Runnable betweenSteps) {
  /** Bytes of the cotangents that are at hand at once, all images of a block of rows. */
  private static final long FIELD_BYTES = 512L << 20;

  /** Bytes of what is gathered at once: some images' worth, so that it stays in the cache. */
  private static final long PROCESSOR_GROUP_BYTES = 4L << 20;

  private static final long GPU_GROUP_BYTES = 192L << 20;

  float[] parameter(String name) {
    float[] values = parameters.get(name);
    if (values == null) {
      throw new IllegalArgumentException("the network has no parameter " + name);
    }
    return values;
  }

  /** A tensor of the scope in the kernel's precision. */
  Tensor tensor(double[] values, long... shape) {
    return torch.tensor(values, shape).to(precision);
  }

  /** A tensor of the scope in the kernel's precision. */
  Tensor tensor(float[] values, long... shape) {
    return torch.tensor(values, shape).to(precision);
  }

  /** How many rows go backward at once: as many as memory allows, in blocks of about one size. */
  int rowsOfBlock(int rows, long bytesPerRow) {
    long most = Math.max(1, FIELD_BYTES / bytesPerRow);
    long blocks = Math.ceilDiv(rows, most);
    return Math.toIntExact(Math.ceilDiv(rows, blocks));
  }

  /** How many images are taken at once where each needs so many bytes. */
  int imagesOfGroup(int images, long bytesPerImage) {
    long bytes = torch.isGpu() ? GPU_GROUP_BYTES : PROCESSOR_GROUP_BYTES;
    return Math.toIntExact(Math.clamp(bytes / bytesPerImage, 1, images));
  }
}
