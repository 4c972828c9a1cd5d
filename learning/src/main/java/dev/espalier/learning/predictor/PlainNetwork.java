package dev.espalier.learning.predictor;

import dev.espalier.search.random.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * A multi-layer perceptron on the marks: two hidden layers with LeakyReLU. Its last number is
 * scaled by the deviation and moved to the mean of the accuracies that it is trained on.
 *
 * <p>Letters: {@code b} batch, {@code i} inputs (marks), {@code h} hidden.
 */
final class PlainNetwork implements PredictorNetwork {
  private final int inputs;
  private final int hidden;
  private final double mean;
  private final double deviation;
  private final Matrix first; // [i, h]
  private final Matrix firstBias; // [1, h]
  private final Matrix second; // [h, h]
  private final Matrix secondBias; // [1, h]
  private final Matrix last; // [1, h]
  private final Matrix lastBias; // [1, 1]

  /** With all weights zero. */
  PlainNetwork(int inputs, int hidden, double mean, double deviation) {
    this.inputs = inputs;
    this.hidden = hidden;
    this.mean = mean;
    this.deviation = deviation;
    this.first = Matrix.zeros(0, "0.weight", inputs, hidden, true);
    this.firstBias = Matrix.zeros(1, "0.bias", 1, hidden, false);
    this.second = Matrix.zeros(2, "2.weight", hidden, hidden, true);
    this.secondBias = Matrix.zeros(3, "2.bias", 1, hidden, false);
    this.last = Matrix.zeros(4, "4.weight", 1, hidden, false);
    this.lastBias = Matrix.zeros(5, "4.bias", 1, 1, false);
  }

  /** PyTorch's default: uniform within one over the root of the inputs. */
  void initialize(RandomStream stream) {
    matrices()
        .forEach(
            matrix -> matrix.fill(1 / Math.sqrt(matrix.index() < 2 ? inputs : hidden), stream));
  }

  @Override
  public List<Matrix> matrices() {
    return List.of(first, firstBias, second, secondBias, last, lastBias);
  }

  int inputs() {
    return inputs;
  }

  double mean() {
    return mean;
  }

  double deviation() {
    return deviation;
  }

  private record Pass(Rows x, Rows one, Rows two, List<Double> predictions) {}

  /** Rows of numbers. */
  private static final class Rows {
    final float[][] rows;

    Rows(int count, int columns) {
      rows = new float[count][columns];
    }

    static Rows of(int count, Matrix bias) {
      Rows rows = new Rows(count, bias.columns());
      for (float[] row : rows.rows) {
        System.arraycopy(bias.rows()[0], 0, row, 0, row.length);
      }
      return rows;
    }
  }

  private Pass forward(List<EncodedArchitecture> batch) {
    int b = batch.size();
    Rows x = new Rows(b, inputs);
    for (int r = 0; r < b; r++) {
      System.arraycopy(batch.get(r).row(1, -1), 0, x.rows[r], 0, inputs);
    }
    Rows one = Rows.of(b, firstBias);
    Kernels.multiplyAdd(x.rows, first.rows(), one.rows, b, inputs, hidden);
    Arrays.stream(one.rows).forEach(Kernels::leaky);
    Rows two = Rows.of(b, secondBias);
    Kernels.multiplyAdd(one.rows, second.rows(), two.rows, b, hidden, hidden);
    Arrays.stream(two.rows).forEach(Kernels::leaky);
    List<Double> predictions =
        Arrays.stream(two.rows)
            .map(row ->
                mean + deviation * (Kernels.dot(row, last.rows()[0]) + lastBias.rows()[0][0]))
            .toList();
    return new Pass(x, one, two, predictions);
  }

  @Override
  public double step(List<EncodedArchitecture> batch, double[] targets, RowStep step) {
    Pass pass = forward(batch);
    int b = targets.length;
    double loss = 0;
    Rows ofLast = new Rows(1, hidden);
    float[] ofLastBias = new float[1];
    Rows ofTwo = new Rows(b, hidden);
    for (int r = 0; r < b; r++) {
      double error = pass.predictions().get(r) - targets[r];
      loss += error * error / b;
      float out = (float) (2 * error / b * deviation);
      Kernels.addScaled(ofLast.rows[0], pass.two().rows[r], out, hidden);
      ofLastBias[0] += out;
      Kernels.scale(ofTwo.rows[r], last.rows()[0], out, hidden);
      Kernels.leakyBackward(pass.two().rows[r], ofTwo.rows[r]);
    }
    Rows back = new Rows(hidden, hidden);
    Kernels.transpose(second.rows(), back.rows, hidden, hidden);
    Rows ofOne = new Rows(b, hidden);
    Kernels.multiplyAdd(ofTwo.rows, back.rows, ofOne.rows, b, hidden, hidden);
    for (int r = 0; r < b; r++) {
      Kernels.leakyBackward(pass.one().rows[r], ofOne.rows[r]);
    }
    step.row(last, 0, ofLast.rows[0]);
    step.row(lastBias, 0, ofLastBias);
    layer(second, secondBias, pass.one(), ofTwo, b, step);
    layer(first, firstBias, pass.x(), ofOne, b, step);
    return loss;
  }

  private void layer(Matrix weight, Matrix bias, Rows x, Rows gradient, int b, RowStep step) {
    int columns = weight.rows().length;
    Rows turned = new Rows(columns, b);
    Kernels.transpose(x.rows, turned.rows, b, columns);
    Rows products = new Rows(columns, hidden);
    Kernels.multiplyAdd(turned.rows, gradient.rows, products.rows, columns, b, hidden);
    for (int i = 0; i < columns; i++) {
      step.row(weight, i, products.rows[i]);
    }
    float[] sum = new float[hidden];
    for (int r = 0; r < b; r++) {
      Kernels.addScaled(sum, gradient.rows[r], 1, hidden);
    }
    step.row(bias, 0, sum);
  }

  @Override
  public double[] predict(List<EncodedArchitecture> architectures) {
    return forward(architectures).predictions().stream().mapToDouble(p -> p).toArray();
  }

  @Override
  public Model model() {
    return new PlainModel(this);
  }
}
