package dev.espalier.search.trainings.files;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** Numbers by row, as many as come; NaN where none came. */
final class FloatRows {
  private static final int LEAST = 1024;

  private float[] values;

  FloatRows() {
    this(0);
  }

  /**
   * @param expected how many rows will come, if that is known
   */
  FloatRows(int expected) {
    values = new float[expected];
    Arrays.fill(values, Float.NaN);
  }

  void set(int row, float value) {
    makeRoom(row + 1);
    values[row] = value;
  }

  /** Takes all that is left of a buffer. */
  void setAll(int row, FloatBuffer from) {
    makeRoom(row + from.remaining());
    from.get(values, row, from.remaining());
  }

  private void makeRoom(int rows) {
    int before = values.length;
    if (rows > before) {
      values = Arrays.copyOf(values, Math.max(LEAST, Math.max(rows, before + (before >> 1))));
      Arrays.fill(values, before, values.length, Float.NaN);
    }
  }

  float get(int row) {
    return row < values.length ? values[row] : Float.NaN;
  }

  /** The first so many. */
  float[] first(int rows) {
    if (rows == values.length) {
      return values;
    }
    float[] first = Arrays.copyOf(values, rows);
    if (rows > values.length) {
      Arrays.fill(first, values.length, rows, Float.NaN);
    }
    return first;
  }
}
