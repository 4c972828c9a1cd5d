package dev.espalier.learning.predictor.convolution;

import jdk.incubator.vector.FloatVector;

/** A sparse square matrix of vertices, row by row: whom each vertex hears, and how much. */
final class Links {
  private int[] from = new int[1];
  private int[] sender = {};
  private float[] weight = {};

  /** Makes room, which is kept for later. */
  void reset(int rows, int count) {
    if (from.length <= rows) {
      from = new int[rows + 1];
    }
    if (sender.length < count) {
      sender = new int[count];
      weight = new float[count];
    }
  }

  /** Copies the rows of another behind the first {@code row} rows. */
  void append(Links other, int row, int rows) {
    int at = from[row];
    int count = other.from[rows];
    for (int i = 0; i < count; i++) {
      sender[at + i] = other.sender[i] + row;
      weight[at + i] = other.weight[i];
    }
    for (int i = 1; i <= rows; i++) {
      from[row + i] = at + other.from[i];
    }
  }

  int count(int rows) {
    return from[rows];
  }

  /** Ends the present row, and begins the next, at this link. */
  void end(int row, int at) {
    from[row + 1] = at;
  }

  void set(int at, int vertex, float share) {
    sender[at] = vertex;
    weight[at] = share;
  }

  float weight(int row, int vertex) {
    for (int i = from[row]; i < from[row + 1]; i++) {
      if (sender[i] == vertex) {
        return weight[i];
      }
    }
    return 0;
  }

  /**
   * {@code out[v] = sum of weights times x[u]}.
   *
   * @param rowOf which row of {@code x} a sender is; empty if each is its own
   * @param columns whole blocks of them
   */
  void gather(
      int rows,
      float[] x,
      int at,
      int width,
      int[] rowOf,
      float[] out,
      int outAt,
      int outWidth,
      int columns) {
    for (int v = 0; v < rows; v++) {
      for (int j = 0; j < columns; j += Blocks.COLUMNS) {
        FloatVector s = FloatVector.zero(Blocks.SPECIES);
        FloatVector t = s;
        FloatVector u = s;
        for (int i = from[v]; i < from[v + 1]; i++) {
          int row = rowOf.length == 0 ? sender[i] : rowOf[sender[i]];
          int place = at + row * width + j;
          FloatVector share = FloatVector.broadcast(Blocks.SPECIES, weight[i]);
          s = share.fma(FloatVector.fromArray(Blocks.SPECIES, x, place), s);
          t = share.fma(FloatVector.fromArray(Blocks.SPECIES, x, place + Blocks.LANES), t);
          u = share.fma(FloatVector.fromArray(Blocks.SPECIES, x, place + 2 * Blocks.LANES), u);
        }
        int to = outAt + v * outWidth + j;
        s.intoArray(out, to);
        t.intoArray(out, to + Blocks.LANES);
        u.intoArray(out, to + 2 * Blocks.LANES);
      }
    }
  }
}
