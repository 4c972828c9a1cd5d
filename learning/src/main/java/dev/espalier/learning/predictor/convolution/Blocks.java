package dev.espalier.learning.predictor.convolution;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices by blocks of four rows and three vectors of columns, whose sums stay in
 * registers: of the shapes that fit there the fastest, by a third. Products and scoring take the
 * widest vectors that the processor has, everything else those of eight numbers.
 *
 * <p>Every sum goes through its terms in their order, by fused multiply-adds from zero: so its bits
 * do not depend on what stands beside it, nor on the processor and the length of its vectors.
 */
final class Blocks {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;
  static final int LANES = 8;

  /** Rows of matrices are whole multiples of so many numbers, on every processor. */
  static final int COLUMNS = 3 * LANES;

  /** Rows of a block. */
  static final int ROWS = 4;

  /** The widest vectors that the processor has. */
  static final VectorSpecies<Float> WIDE =
      FloatVector.SPECIES_PREFERRED.length() > LANES ? FloatVector.SPECIES_512 : SPECIES;

  static final int WIDE_LANES = WIDE.length();
  static final int WIDE_COLUMNS = 3 * WIDE_LANES;
  private static final boolean IS_TALL = WIDE_LANES > LANES;

  private Blocks() {}

  /** So many, rounded up to a multiple of {@link #COLUMNS}. */
  static int columns(int numbers) {
    return Math.ceilDiv(numbers, COLUMNS) * COLUMNS;
  }

  /** So many, rounded up to a multiple of {@link #WIDE_COLUMNS}. */
  static int wideColumns(int numbers) {
    return Math.ceilDiv(numbers, WIDE_COLUMNS) * WIDE_COLUMNS;
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
   * @param columns of the product, a multiple of {@link #COLUMNS}
   */
  static void multiply(Factor x, Panel y, Panel out, int rows, int columns, int terms) {
    if (columns < WIDE_COLUMNS) {
      multiplyNarrow(x, y, out, rows, columns, terms);
      return;
    }
    for (int block = 0; block < columns; block += WIDE_COLUMNS) {
      int j = Math.min(block, columns - WIDE_COLUMNS); // the last may begin within the one before
      int i = 0;
      for (; IS_TALL && i + 2 * ROWS <= rows(rows); i += 2 * ROWS) {
        int to = out.at + i * out.width + j;
        tallBlock(
            x.values,
            i * x.row,
            x.row,
            x.term,
            y.values,
            y.at + j,
            y.width,
            out.values,
            to,
            out.width,
            terms);
      }
      for (; i < rows; i += ROWS) {
        int to = out.at + i * out.width + j;
        block(
            x.values,
            i * x.row,
            x.row,
            x.term,
            y.values,
            y.at + j,
            y.width,
            out.values,
            to,
            out.width,
            terms);
      }
    }
  }

  /** Where the columns are fewer than those of a block. */
  private static void multiplyNarrow(
      Factor x, Panel y, Panel out, int rows, int columns, int terms) {
    for (int i = 0; i < rows; i++) {
      int to = out.at + i * out.width;
      Arrays.fill(out.values, to, to + columns, 0);
      for (int t = 0; t < terms; t++) {
        float factor = x.values[i * x.row + t * x.term];
        int from = y.at + t * y.width;
        for (int j = 0; j < columns; j++) {
          out.values[to + j] = Math.fma(factor, y.values[from + j], out.values[to + j]);
        }
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
    FloatVector zero = FloatVector.zero(WIDE);
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
      FloatVector y0 = FloatVector.fromArray(WIDE, y, from);
      FloatVector y1 = FloatVector.fromArray(WIDE, y, from + WIDE_LANES);
      FloatVector y2 = FloatVector.fromArray(WIDE, y, from + 2 * WIDE_LANES);
      FloatVector a = FloatVector.broadcast(WIDE, x[x0 + moved]);
      s0 = a.fma(y0, s0);
      t0 = a.fma(y1, t0);
      u0 = a.fma(y2, u0);
      a = FloatVector.broadcast(WIDE, x[x1 + moved]);
      s1 = a.fma(y0, s1);
      t1 = a.fma(y1, t1);
      u1 = a.fma(y2, u1);
      a = FloatVector.broadcast(WIDE, x[x2 + moved]);
      s2 = a.fma(y0, s2);
      t2 = a.fma(y1, t2);
      u2 = a.fma(y2, u2);
      a = FloatVector.broadcast(WIDE, x[x3 + moved]);
      s3 = a.fma(y0, s3);
      t3 = a.fma(y1, t3);
      u3 = a.fma(y2, u3);
      moved += term;
      from += yRow;
    }
    int to = outAt;
    s0.intoArray(out, to);
    t0.intoArray(out, to + WIDE_LANES);
    u0.intoArray(out, to + 2 * WIDE_LANES);
    to += outRow;
    s1.intoArray(out, to);
    t1.intoArray(out, to + WIDE_LANES);
    u1.intoArray(out, to + 2 * WIDE_LANES);
    to += outRow;
    s2.intoArray(out, to);
    t2.intoArray(out, to + WIDE_LANES);
    u2.intoArray(out, to + 2 * WIDE_LANES);
    to += outRow;
    s3.intoArray(out, to);
    t3.intoArray(out, to + WIDE_LANES);
    u3.intoArray(out, to + 2 * WIDE_LANES);
  }

  /** Eight rows at once, for which only the longest vectors have enough registers. */
  private static void tallBlock(
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
    FloatVector zero = FloatVector.zero(WIDE);
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
    FloatVector s4 = zero;
    FloatVector t4 = zero;
    FloatVector u4 = zero;
    FloatVector s5 = zero;
    FloatVector t5 = zero;
    FloatVector u5 = zero;
    FloatVector s6 = zero;
    FloatVector t6 = zero;
    FloatVector u6 = zero;
    FloatVector s7 = zero;
    FloatVector t7 = zero;
    FloatVector u7 = zero;
    int x0 = at;
    int x1 = x0 + row;
    int x2 = x1 + row;
    int x3 = x2 + row;
    int x4 = x3 + row;
    int x5 = x4 + row;
    int x6 = x5 + row;
    int x7 = x6 + row;
    int moved = 0;
    int from = yAt;
    for (int t = 0; t < terms; t++) {
      FloatVector y0 = FloatVector.fromArray(WIDE, y, from);
      FloatVector y1 = FloatVector.fromArray(WIDE, y, from + WIDE_LANES);
      FloatVector y2 = FloatVector.fromArray(WIDE, y, from + 2 * WIDE_LANES);
      FloatVector a = FloatVector.broadcast(WIDE, x[x0 + moved]);
      s0 = a.fma(y0, s0);
      t0 = a.fma(y1, t0);
      u0 = a.fma(y2, u0);
      a = FloatVector.broadcast(WIDE, x[x1 + moved]);
      s1 = a.fma(y0, s1);
      t1 = a.fma(y1, t1);
      u1 = a.fma(y2, u1);
      a = FloatVector.broadcast(WIDE, x[x2 + moved]);
      s2 = a.fma(y0, s2);
      t2 = a.fma(y1, t2);
      u2 = a.fma(y2, u2);
      a = FloatVector.broadcast(WIDE, x[x3 + moved]);
      s3 = a.fma(y0, s3);
      t3 = a.fma(y1, t3);
      u3 = a.fma(y2, u3);
      a = FloatVector.broadcast(WIDE, x[x4 + moved]);
      s4 = a.fma(y0, s4);
      t4 = a.fma(y1, t4);
      u4 = a.fma(y2, u4);
      a = FloatVector.broadcast(WIDE, x[x5 + moved]);
      s5 = a.fma(y0, s5);
      t5 = a.fma(y1, t5);
      u5 = a.fma(y2, u5);
      a = FloatVector.broadcast(WIDE, x[x6 + moved]);
      s6 = a.fma(y0, s6);
      t6 = a.fma(y1, t6);
      u6 = a.fma(y2, u6);
      a = FloatVector.broadcast(WIDE, x[x7 + moved]);
      s7 = a.fma(y0, s7);
      t7 = a.fma(y1, t7);
      u7 = a.fma(y2, u7);
      moved += term;
      from += yRow;
    }
    int to = outAt;
    s0.intoArray(out, to);
    t0.intoArray(out, to + WIDE_LANES);
    u0.intoArray(out, to + 2 * WIDE_LANES);
    to += outRow;
    s1.intoArray(out, to);
    t1.intoArray(out, to + WIDE_LANES);
    u1.intoArray(out, to + 2 * WIDE_LANES);
    to += outRow;
    s2.intoArray(out, to);
    t2.intoArray(out, to + WIDE_LANES);
    u2.intoArray(out, to + 2 * WIDE_LANES);
    to += outRow;
    s3.intoArray(out, to);
    t3.intoArray(out, to + WIDE_LANES);
    u3.intoArray(out, to + 2 * WIDE_LANES);
    to += outRow;
    s4.intoArray(out, to);
    t4.intoArray(out, to + WIDE_LANES);
    u4.intoArray(out, to + 2 * WIDE_LANES);
    to += outRow;
    s5.intoArray(out, to);
    t5.intoArray(out, to + WIDE_LANES);
    u5.intoArray(out, to + 2 * WIDE_LANES);
    to += outRow;
    s6.intoArray(out, to);
    t6.intoArray(out, to + WIDE_LANES);
    u6.intoArray(out, to + 2 * WIDE_LANES);
    to += outRow;
    s7.intoArray(out, to);
    t7.intoArray(out, to + WIDE_LANES);
    u7.intoArray(out, to + 2 * WIDE_LANES);
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
