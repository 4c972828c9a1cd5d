package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.tensor.Torch;

/**
 * What a kernel over tensors may hold at once.
 *
 * @param fieldBytes of the cotangents at hand, all images of a block of rows
 * @param groupBytes of what is gathered at once, some images' worth
 */
record TensorMemory(long fieldBytes, long groupBytes) {
  private static final long FIELD = 512L << 20;
  private static final long PROCESSOR_GROUP = 4L << 20; // stays in the cache
  private static final long GPU_GROUP = 192L << 20;

  static TensorMemory of(Torch torch) {
    return new TensorMemory(FIELD, torch.isGpu() ? GPU_GROUP : PROCESSOR_GROUP);
  }

  /** How many rows go backward at once: as many as fit, in blocks of about one size. */
  int rowsOfBlock(int rows, long bytesPerRow) {
    long most = Math.max(1, fieldBytes / bytesPerRow);
    long blocks = Math.ceilDiv(rows, most);
    return Math.toIntExact(Math.ceilDiv(rows, blocks));
  }

  /** How many images are taken at once where each needs so many bytes. */
  int imagesOfGroup(int images, long bytesPerImage) {
    return Math.toIntExact(Math.clamp(groupBytes / bytesPerImage, 1, images));
  }
}
