package dev.espalier.learning.predictor.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices by blocks of four rows and twenty-four columns, whose sums stay in
 * registers: of the shapes that fit there the fastest, by a third.
 *
 * <p>Every sum goes through its terms in their order, by fused multiply-adds from zero: so its bits
 * do not depend on what stands beside it, nor on the processor.
 */
final class Blocks {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  static final int LANES = 8;

  /** Columns of a block. */
  static final int COLUMNS = 3 * LANES;

  /** Rows of a block. */
  static final int ROWS = 4;

  private Blocks() {}

  /** So many, rounded up to whole blocks. */
  static int columns(int numbers) {
    return Math.ceilDiv(numbers, COLUMNS) * COLUMNS;
  }

  /** So many, rounded up to whole blocks. */
  static int rows(int numbers) {
    return Math.ceilDiv(numbers, ROWS) * ROWS;
  }

  /** A factor: its numbers, where it begins, and how far rows and terms are apart. */
  static final class Factor {
    private final float[] values;
    private final int row;
    private final int term;

    private Factor(float[] values, int row, int term) {
      this.values = values;
      this.row = row;
      this.term = term;
    }

    /** A matrix whose rows are the rows of the product. */
    static Factor rows(float[] values, int width) {
      return new Factor(values, width, 1);
    }

    /** A matrix whose columns are the rows of the product. */
    static Factor columns(float[] values, int width) {
      return new Factor(values, 1, width);
    }
  }

  /** A matrix of which the product's columns are columns, or where the product goes. */
  static final class Panel {
    private final float[] values;
    private final int at;
    private final int width;

    /**
     * @param at where it begins
     * @param width numbers from one row to the next
     */
    Panel(float[] values, int at, int width) {
      this.values = values;
      this.at = at;
      this.width = width;
    }

    static Panel of(float[] values, int width) {
      return new Panel(values, 0, width);
    }
  }

  /**
   * {@code out[i, j] = sum over t of x[i, t] y[t, j]}.
   *
   * @param rows of the product: whole blocks of them are computed, so that {@code x} and {@code
   *     out} must reach so far
   * @param columns of the product, whole blocks
   */
  static void multiply(Factor x, Panel y, Panel out, int rows, int columns, int terms) {
    for (int j = 0; j < columns; j += COLUMNS) {
      for (int i = 0; i < rows; i += ROWS) {
        block(
            x.values,
            i * x.row,
            x.row,
            x.term,
            y.values,
            y.at + j,
            y.width,
            out.values,
            out.at + i * out.width + j,
            out.width,
            terms);
      }
    }
  }

  private static void block(
      float[] x,
      int at,
      int row,
      int term,
      float[] y,
      int yAt,
      int yRow,
      float[] out,
      int outAt,
      int outRow,
      int terms) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector s0 = zero;
    FloatVector t0 = zero;
    FloatVector u0 = zero;
    FloatVector s1 = zero;
    FloatVector t1 = zero;
    FloatVector u1 = zero;
    FloatVector s2 = zero;
    FloatVector t2 = zero;
    FloatVector u2 = zero;
    FloatVector s3 = zero;
    FloatVector t3 = zero;
    FloatVector u3 = zero;
    int x0 = at;
    int x1 = x0 + row;
    int x2 = x1 + row;
    int x3 = x2 + row;
    int moved = 0;
    int from = yAt;
    for (int t = 0; t < terms; t++) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, y, from);
      FloatVector y1 = FloatVector.fromArray(SPECIES, y, from + LANES);
      FloatVector y2 = FloatVector.fromArray(SPECIES, y, from + 2 * LANES);
      FloatVector a = FloatVector.broadcast(SPECIES, x[x0 + moved]);
      s0 = a.fma(y0, s0);
      t0 = a.fma(y1, t0);
      u0 = a.fma(y2, u0);
      a = FloatVector.broadcast(SPECIES, x[x1 + moved]);
      s1 = a.fma(y0, s1);
      t1 = a.fma(y1, t1);
      u1 = a.fma(y2, u1);
      a = FloatVector.broadcast(SPECIES, x[x2 + moved]);
      s2 = a.fma(y0, s2);
      t2 = a.fma(y1, t2);
      u2 = a.fma(y2, u2);
      a = FloatVector.broadcast(SPECIES, x[x3 + moved]);
      s3 = a.fma(y0, s3);
      t3 = a.fma(y1, t3);
      u3 = a.fma(y2, u3);
      moved += term;
      from += yRow;
    }
    int to = outAt;
    s0.intoArray(out, to);
    t0.intoArray(out, to + LANES);
    u0.intoArray(out, to + 2 * LANES);
    to += outRow;
    s1.intoArray(out, to);
    t1.intoArray(out, to + LANES);
    u1.intoArray(out, to + 2 * LANES);
    to += outRow;
    s2.intoArray(out, to);
    t2.intoArray(out, to + LANES);
    u2.intoArray(out, to + 2 * LANES);
    to += outRow;
    s3.intoArray(out, to);
    t3.intoArray(out, to + LANES);
    u3.intoArray(out, to + 2 * LANES);
  }

  /**
   * {@code out[j, i] = x[i, j]}.
   *
   * @param rows of {@code x}, a multiple of eight
   * @param outAt where row 0 of {@code out} begins
   */
  static void transpose(float[] x, int rows, int columns, float[] out, int outAt, int outRow) {
    for (int i = 0; i < rows; i += LANES) {
      int from = i * columns;
      for (int j = 0; j < columns; j++) {
        int to = outAt + j * outRow + i;
        out[to] = x[from + j];
        out[to + 1] = x[from + columns + j];
        out[to + 2] = x[from + 2 * columns + j];
        out[to + 3] = x[from + 3 * columns + j];
        out[to + 4] = x[from + 4 * columns + j];
        out[to + 5] = x[from + 5 * columns + j];
        out[to + 6] = x[from + 6 * columns + j];
        out[to + 7] = x[from + 7 * columns + j];
      }
    }
  }
}
