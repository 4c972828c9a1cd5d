package dev.espalier.learning.space.nasbench201.kernel;

import dev.espalier.learning.ntk.JacobianRows;

/**
 * Gradients of all weights, one lane a row: {@code [weight][row]}. Rows are filled a block at a
 * time; weights ask for their places before the first block.
 */
final class Jacobian {
  private final int rows;
  private final int lanes;
  private final Buffers buffers;
  private float[] values = {};
  private int width;
  private int block;

  /**
   * @param rows all of them
   * @param lanes rows of a block
   */
  Jacobian(int rows, int lanes, Buffers buffers) {
    this.rows = rows;
    this.lanes = lanes;
    this.buffers = buffers;
  }

  /** A place for the gradients of so many weights. */
  int allocate(int weights) {
    int first = width;
    width += weights;
    return first;
  }

  int blocks() {
    return Math.ceilDiv(rows, lanes);
  }

  /** Rows of a block. */
  int lanes() {
    return lanes;
  }

  int rows() {
    return rows;
  }

  /** The first row of the block at hand. */
  int firstRow() {
    return block * lanes;
  }

  void begin(int block) {
    this.block = block;
    values = buffers.take("jacobian", (long) width * blocks() * lanes);
  }

  /** Where a weight's gradients of the block at hand go: one for each lane. */
  int at(int weight) {
    return (weight * blocks() + block) * lanes;
  }

  float[] values() {
    return values;
  }

  /** The rows one after the other. */
  JacobianRows transposed() {
    double numbers = (double) rows * width;
    KernelMemory.requireFits(buffers.bytes() + Double.BYTES * numbers);
    double[] transposed = new double[Math.multiplyExact(rows, width)];
    int stride = blocks() * lanes;
    int tile = 64; // weights, so that the rows being written stay in the cache
    for (int from = 0; from < width; from += tile) {
      int to = Math.min(width, from + tile);
      for (int row = 0; row < rows; row++) {
        for (int weight = from; weight < to; weight++) {
          transposed[row * width + weight] = values[weight * stride + row];
        }
      }
    }
    return new JacobianRows(rows, width, transposed);
  }
}
