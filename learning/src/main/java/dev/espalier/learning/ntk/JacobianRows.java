package dev.espalier.learning.ntk;

/** Gradients, one row for each image, or for each logit of each image. */
public final class JacobianRows {
  private static final int TILE = 4;

  private final int count;
  private final int width;
  private final double[] values; // [count, width], row-major

  public JacobianRows(int count, int width, double[] values) {
    this.count = count;
    this.width = width;
    this.values = values;
  }

  /**
   * The rows times their transpose, summed in double precision: so that the kernel is positive
   * semi-definite but for the rounding of doubles, on every machine the same.
   */
  public Kernel kernel() {
    double[] entries = new double[count * count];
    for (int row = 0; row < count; row++) {
      for (int column = 0; column <= row; column += TILE) {
        fill(entries, row, column, Math.min(TILE, row + 1 - column));
      }
    }
    return new Kernel(count, entries);
  }

  /** Up to four entries of one row at once: four independent sums keep the processor busy. */
  private void fill(double[] entries, int row, int column, int columns) {
    int a = row * width;
    int b = column * width;
    int c = (column + Math.min(1, columns - 1)) * width;
    int d = (column + Math.min(2, columns - 1)) * width;
    int e = (column + Math.min(3, columns - 1)) * width;
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int i = 0; i < width; i++) {
      double value = values[a + i];
      first += value * values[b + i];
      second += value * values[c + i];
      third += value * values[d + i];
      fourth += value * values[e + i];
    }
    double[] sums = {first, second, third, fourth};
    for (int i = 0; i < columns; i++) {
      entries[row * count + column + i] = sums[i];
      entries[(column + i) * count + row] = sums[i];
    }
  }
}
