package dev.espalier.learning.space.nasbench201.kernel;

import static dev.espalier.learning.space.nasbench201.kernel.Lanes.all;
import static dev.espalier.learning.space.nasbench201.kernel.Lanes.load;

import java.util.Arrays;

/**
 * What follows the last cell: batch normalisation, ReLU, global average. Cotangents of the averages
 * enter here, and leave as cotangents of the last cell's output.
 *
 * <p>Letters: {@code b} images, {@code c} channels.
 */
final class Top {
  private final FeatureMap normalized;
  private final boolean[] on; // of every value, after scale and shift
  private final double[] gain; // [c]: scale / deviation
  private final double[] averages; // [b, c]
  private final double[] shares; // [b, c]: how many pixels are on, over all of them
  private final double[] slopes; // [b, c]: the same, each weighted with its normalised value
  private final int scaleRow;

  Top(FeatureMap last, Wiring wiring) {
    float[] scale = wiring.parameter("lastact.0.weight");
    float[] shift = wiring.parameter("lastact.0.bias");
    int channels = last.channels();
    int pixels = last.size() * last.size();
    this.scaleRow = wiring.jacobian().allocate(channels);
    this.normalized = FeatureMap.zero(last.images(), last.size(), channels);
    this.on = new boolean[last.values().length];
    this.gain = new double[channels];
    this.averages = new double[last.images() * channels];
    this.shares = new double[last.images() * channels];
    this.slopes = new double[last.images() * channels];
    for (int c = 0; c < channels; c++) {
      double mean = 0;
      for (int i = c; i < on.length; i += channels) {
        mean += last.values()[i];
      }
      mean /= last.positions();
      double variance = 0;
      for (int i = c; i < on.length; i += channels) {
        double distance = last.values()[i] - mean;
        variance += distance * distance;
      }
      double deviation = Math.sqrt(variance / last.positions() + ConvolutionBank.EPSILON);
      gain[c] = scale[c] / deviation;
      for (int i = c; i < on.length; i += channels) {
        float value = (float) ((last.values()[i] - mean) / deviation);
        float activation = value * scale[c] + shift[c];
        normalized.values()[i] = value;
        if (activation > 0) {
          int of = i / (pixels * channels) * channels + c;
          on[i] = true;
          averages[of] += activation / pixels;
          shares[of] += 1.0 / pixels;
          slopes[of] += (double) value / pixels;
        }
      }
    }
  }

  /** {@code [b, c]}. */
  double[] averages() {
    return averages;
  }

  /**
   * Writes a block's rows of the batch normalisation's scales, and the cotangents of the last
   * cell's output.
   *
   * @param directions cotangents of the averages, {@code [d, c]}: row {@code r} is image {@code r /
   *     d} in direction {@code r % d}
   */
  void backward(double[] directions, Cotangents cotangents, int slot, Jacobian jacobian) {
    CotangentGrid grid = cotangents.grid();
    int channels = normalized.channels();
    int kinds = directions.length / channels;
    int lanes = grid.lanes();
    double positions = normalized.positions();
    float[] meanTerm = new float[channels * lanes];
    float[] slopeTerm = new float[channels * lanes];
    for (int c = 0; c < channels; c++) {
      int at = jacobian.at(scaleRow + c);
      Arrays.fill(jacobian.values(), at, at + lanes, 0);
      for (int lane = 0; lane < lanes && jacobian.firstRow() + lane < jacobian.rows(); lane++) {
        int row = jacobian.firstRow() + lane;
        int of = row / kinds * channels + c;
        double direction = directions[row % kinds * channels + c];
        jacobian.values()[at + lane] = (float) (slopes[of] * direction);
        meanTerm[c * lanes + lane] = (float) (-gain[c] * shares[of] * direction / positions);
        slopeTerm[c * lanes + lane] = (float) (-gain[c] * slopes[of] * direction / positions);
      }
    }
    for (int image = 0; image < cotangents.images(); image++) {
      for (int y = 0; y < grid.size(); y++) {
        int to = cotangents.at(slot, image) + grid.at(y, 0);
        for (int x = 0; x < grid.size(); x++, to += grid.pixel()) {
          int pixel = normalized.at(image, y, x);
          for (int c = 0; c < channels; c++) {
            int place = to + grid.channel(c);
            for (int lane = 0; lane < lanes; lane += Lanes.WIDTH) {
              all(normalized.values()[pixel + c])
                  .fma(load(slopeTerm, c * lanes + lane), load(meanTerm, c * lanes + lane))
                  .intoArray(cotangents.numbers(), place + lane);
            }
          }
        }
      }
    }
    addOwn(directions, cotangents, slot, jacobian);
  }

  /** Each row's own image. */
  private void addOwn(double[] directions, Cotangents cotangents, int slot, Jacobian jacobian) {
    CotangentGrid grid = cotangents.grid();
    int channels = normalized.channels();
    int kinds = directions.length / channels;
    double pixels = grid.size() * grid.size();
    int end = Math.min(jacobian.rows(), jacobian.firstRow() + grid.lanes());
    for (int row = jacobian.firstRow(); row < end; row++) {
      int image = row / kinds;
      for (int c = 0; c < channels; c++) {
        float own = (float) (gain[c] * directions[row % kinds * channels + c] / pixels);
        int to = cotangents.at(slot, image) + grid.channel(c) + row - jacobian.firstRow();
        for (int y = 0; y < grid.size(); y++) {
          for (int x = 0; x < grid.size(); x++) {
            if (on[normalized.at(image, y, x) + c]) {
              cotangents.numbers()[to + grid.at(y, x)] += own;
            }
          }
        }
      }
    }
  }
}
