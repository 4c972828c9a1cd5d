package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.tensor.Tensor;

/**
 * The cotangents of a map for a block of rows, {@code [b, h + 2, w + 2, c, k]}: the row is the
 * innermost index, so that everything below is a product of matrices, and every image has a border
 * of zeros, so that neighbours lie at fixed distances.
 *
 * @param size height and width without the border
 */
record Field(Tensor numbers, int images, int size, int channels, int rows)
    implements AutoCloseable {

  /** Zero everywhere, a tensor of the scope. */
  static Field zero(TensorWork work, int images, int size, int channels, int rows) {
    long side = size + 2L;
    return new Field(
        work.torch().full(0, work.precision(), images, side, side, channels, rows),
        images,
        size,
        channels,
        rows);
  }

  /** The same, taken out of its scope: whoever asked closes it. */
  Field kept() {
    numbers.keep();
    return this;
  }

  /** Numbers that an image takes. */
  long numbersOfImage() {
    return (long) (size + 2) * (size + 2) * channels * rows;
  }

  /** Some images, {@code [g, h + 2, w + 2, c, k]}; the same memory. */
  Tensor group(int from, int to) {
    return numbers.narrow(0, from, to);
  }

  /** Some images without the border, {@code [g, h, w, c, k]}; the same memory. */
  Tensor inner(int from, int to) {
    return group(from, to).narrow(1, 1, size + 1).narrow(2, 1, size + 1);
  }

  @Override
  public void close() {
    numbers.close();
  }
}
