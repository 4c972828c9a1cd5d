package dev.espalier.learning.predictor;

import java.util.List;

/** RowAdam (Kingma and Ba 2015) as PyTorch computes it, without weight decay. */
final class RowAdam implements RowDescent {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final float EPSILON = 1e-8f;

  private final double learningRate;
  private final List<Matrix> means;
  private final List<Matrix> squares;
  private long steps;
  private float rate;
  private float scale;

  RowAdam(List<Matrix> matrices, double learningRate) {
    this.learningRate = learningRate;
    this.means = matrices.stream().map(Matrix::alike).toList();
    this.squares = matrices.stream().map(Matrix::alike).toList();
  }

  @Override
  public void resume(long done) {
    steps = done;
  }

  @Override
  public List<Matrix> means() {
    return means;
  }

  @Override
  public List<Matrix> squares() {
    return squares;
  }

  /** Begins a step at its own rate. */
  void begin() {
    begin(learningRate);
  }

  @Override
  public void begin(double atRate) {
    steps++;
    rate = (float) (atRate / (1 - StrictMath.pow(BETA_1, (double) steps)));
    scale = (float) (1 / StrictMath.sqrt(1 - StrictMath.pow(BETA_2, (double) steps)));
  }

  @Override
  public void row(Matrix matrix, int row, float[] gradient) {
    update(
        matrix.rows()[row],
        means.get(matrix.index()).rows()[row],
        squares.get(matrix.index()).rows()[row],
        gradient,
        rate,
        scale);
  }

  private static void update(
      float[] weights, float[] means, float[] squares, float[] gradient, float rate, float scale) {
    int n = weights.length;
    for (int i = 0; i < n; i++) {
      float g = gradient[i];
      float mean = means[i] + (float) (1 - BETA_1) * (g - means[i]);
      float square = squares[i] * (float) BETA_2 + (float) (1 - BETA_2) * g * g;
      means[i] = mean;
      squares[i] = square;
      weights[i] = weights[i] - rate * mean / ((float) Math.sqrt(square) * scale + EPSILON);
    }
  }
}
