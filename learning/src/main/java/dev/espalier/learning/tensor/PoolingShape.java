package dev.espalier.learning.tensor;

/** What decides how many real pixels lie under each window of a pooling. */
record PoolingShape(
    int height, int width, int kernel, int stride, int padding, Precision precision) {

  int outputHeight() {
    return (height + 2 * padding - kernel) / stride + 1;
  }

  int outputWidth() {
    return (width + 2 * padding - kernel) / stride + 1;
  }

  /** {@code kernel * kernel / pixels} for every output position, row-major. */
  double[] correction() {
    double[] factors = new double[outputHeight() * outputWidth()];
    for (int row = 0; row < outputHeight(); row++) {
      for (int column = 0; column < outputWidth(); column++) {
        int pixels = covered(row, height) * covered(column, width);
        factors[row * outputWidth() + column] = (double) kernel * kernel / pixels;
      }
    }
    return factors;
  }

  private int covered(int output, int size) {
    int from = Math.max(0, output * stride - padding);
    int to = Math.min(size, output * stride - padding + kernel);
    return to - from;
  }
}
