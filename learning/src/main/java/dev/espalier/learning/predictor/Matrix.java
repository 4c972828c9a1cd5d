package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.random.RandomStream;

/**
 * A trainable matrix as an array of rows, each an array of its own: loops over whole rows are what
 * the compiler turns into vector instructions.
 */
final class Matrix {
  private final int index;
  private final String name;
  private final float[][] rows;
  private final boolean transposed;

  /**
   * @param index its place among the matrices of its network
   * @param transposed whether PyTorch stores the transpose under this name
   */
  private Matrix(int index, String name, float[][] rows, boolean transposed) {
    this.index = index;
    this.name = name;
    this.rows = rows;
    this.transposed = transposed;
  }

  static Matrix zeros(int index, String name, int rows, int columns, boolean transposed) {
    return new Matrix(index, name, new float[rows][columns], transposed);
  }

  int index() {
    return index;
  }

  String name() {
    return name;
  }

  /** Not a copy. */
  float[][] rows() {
    return rows;
  }

  int columns() {
    return rows[0].length;
  }

  /** Uniform between -bound and bound, in PyTorch's order of the numbers. */
  void fill(double bound, RandomStream stream) {
    float[] values = new float[rows.length * columns()];
    stream.fillUniform(values, -bound, bound);
    assign(values);
  }

  /** Sets all numbers, given in PyTorch's order. */
  void assign(float[] values) {
    if (values.length != rows.length * columns()) {
      throw new IllegalArgumentException(
          "%s has %d numbers, got %d".formatted(name, rows.length * columns(), values.length));
    }
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        rows[i][j] = values[transposed ? j * rows.length + i : i * rows[i].length + j];
      }
    }
  }

  /** All numbers in PyTorch's order. */
  float[] values() {
    float[] values = new float[rows.length * columns()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        values[transposed ? j * rows.length + i : i * rows[i].length + j] = rows[i][j];
      }
    }
    return values;
  }

  /** As PyTorch would store it, except that a bias has one row. */
  NamedArray array(String prefix) {
    long[] shape =
        transposed ? new long[] {columns(), rows.length} : new long[] {rows.length, columns()};
    return new NamedArray(prefix + name, shape, values());
  }

  /** Zeros of the same size. */
  Matrix alike() {
    return zeros(index, name, rows.length, columns(), transposed);
  }

  Matrix copy() {
    Matrix copy = alike();
    copy.take(this);
    return copy;
  }

  /** Takes over the numbers of another of the same size. */
  void take(Matrix other) {
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(other.rows[i], 0, rows[i], 0, rows[i].length);
    }
  }

  @Override
  public String toString() {
    return "%s[%d, %d]".formatted(name, rows.length, columns());
  }
}
