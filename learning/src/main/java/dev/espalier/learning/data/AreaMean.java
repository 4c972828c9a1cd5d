package dev.espalier.learning.data;

/**
 * A square brought to another side: each new pixel is the mean of the area that it covers; for a
 * larger square, the nearest pixels' share of it. First along rows, then along columns. Own
 * arithmetic, so that the bytes do not depend on a graphics library.
 */
final class AreaMean {
  private final int side;
  private final int newSide;
  private final double[] narrowed; // [side rows, newSide columns]

  AreaMean(int side, int newSide) {
    this.side = side;
    this.newSide = newSide;
    this.narrowed = new double[Math.multiplyExact(side, newSide)];
  }

  /** Bytes that it needs. */
  static long bytes(int side, int newSide) {
    return 8L * side * newSide;
  }

  /** Takes in a row of the square. */
  void row(int row, byte[] line, int start) {
    double ratio = (double) side / newSide;
    for (int column = 0; column < newSide; column++) {
      double from = column * ratio;
      double to = Math.min(side, (column + 1) * ratio);
      double sum = 0;
      for (int source = (int) from; source < to; source++) {
        sum += (line[start + source] & 0xff) * (Math.min(to, source + 1) - Math.max(from, source));
      }
      narrowed[row * newSide + column] = sum / (to - from);
    }
  }

  /** Writes the new square {@code [newSide, newSide]}, rounded half up, once all rows are in. */
  void writeTo(byte[] pixels, int start) {
    double ratio = (double) side / newSide;
    for (int row = 0; row < newSide; row++) {
      double from = row * ratio;
      double to = Math.min(side, (row + 1) * ratio);
      for (int column = 0; column < newSide; column++) {
        double sum = 0;
        for (int source = (int) from; source < to; source++) {
          sum +=
              narrowed[source * newSide + column]
                  * (Math.min(to, source + 1) - Math.max(from, source));
        }
        pixels[start + row * newSide + column] = (byte) Math.floor(sum / (to - from) + 0.5);
      }
    }
  }
}
