package dev.espalier.learning.tensor;

/** The band matrix that averages neighbours along one axis. */
record NeighbourMeans(int size, int kernel, Precision precision) {

  /** {@code [size, size]}, row-major: each row sums to one over the neighbours that exist. */
  double[] matrix() {
    double[] means = new double[size * size];
    for (int row = 0; row < size; row++) {
      int from = Math.max(0, row - kernel / 2);
      int to = Math.min(size, row + kernel / 2 + 1);
      for (int column = from; column < to; column++) {
        means[row * size + column] = 1.0 / (to - from);
      }
    }
    return means;
  }
}
