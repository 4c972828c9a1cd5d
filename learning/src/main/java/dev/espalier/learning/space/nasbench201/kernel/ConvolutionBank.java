package dev.espalier.learning.space.nasbench201.kernel;

import static dev.espalier.learning.space.nasbench201.kernel.Lanes.all;
import static dev.espalier.learning.space.nasbench201.kernel.Lanes.load;
import static dev.espalier.learning.space.nasbench201.kernel.Lanes.zero;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * All convolutions of one size and stride that read the same map, their outputs side by side: run
 * forward, normalised over the batch, and summed up for the backward passes.
 *
 * <p>Letters: {@code b} images, {@code h} the output's height and width, {@code c} input channels,
 * {@code o} the outputs of all convolutions, rounded up to whole vectors.
 */
final class ConvolutionBank {
  static final double EPSILON = 1e-5;

  private final List<Convolution> convolutions;
  private final int taps;
  private final int stride;
  private final FeatureMap input;
  private final int size;
  private final int lanes;
  private final float[] weights; // [tap][c][o]
  private final float[] normalized; // [b][h + 2][h + 2][o]

  /**
   * Runs the convolutions, which may not be none.
   *
   * @param input rectified, or the images themselves
   * @param active the input's active positions, for the same stride
   */
  ConvolutionBank(
      String name,
      List<Convolution> convolutions,
      int stride,
      FeatureMap input,
      ActivePositions active,
      Buffers buffers) {
    this.convolutions = convolutions;
    this.taps = convolutions.getFirst().taps;
    this.stride = stride;
    this.input = input;
    this.size = input.size() / stride;
    int outputs = convolutions.stream().mapToInt(each -> each.outputs).sum();
    this.lanes = Lanes.padded(outputs);
    this.weights = weights();
    this.normalized = buffers.take(name, (long) input.images() * (size + 2) * (size + 2) * lanes);
    clearBorders();
    convolve();
    normalize();
    sum(active);
  }

  /** Lanes of all outputs. */
  int lanes() {
    return lanes;
  }

  private float[] weights() {
    float[] sideBySide = new float[taps * input.channels() * lanes];
    int lane = 0;
    for (Convolution each : convolutions) {
      for (int output = 0; output < each.outputs; output++, lane++) {
        for (int c = 0; c < input.channels(); c++) {
          for (int tap = 0; tap < taps; tap++) {
            sideBySide[weightAt(tap, c) + lane] = each.weight(output, c, tap);
          }
        }
      }
    }
    return sideBySide;
  }

  private int weightAt(int tap, int channel) {
    return (tap * input.channels() + channel) * lanes;
  }

  private int row() {
    return (size + 2) * lanes;
  }

  private int at(int image, int y, int x) {
    return ((image * (size + 2) + y + 1) * (size + 2) + x + 1) * lanes;
  }

  private void clearBorders() {
    for (int image = 0; image < input.images(); image++) {
      int first = at(image, -1, -1);
      int last = at(image, size, -1);
      Arrays.fill(normalized, first, first + row(), 0);
      Arrays.fill(normalized, last, last + row(), 0);
      for (int y = 0; y < size; y++) {
        int left = at(image, y, -1);
        int right = at(image, y, size);
        Arrays.fill(normalized, left, left + lanes, 0);
        Arrays.fill(normalized, right, right + lanes, 0);
      }
    }
  }

  private void convolve() {
    for (int image = 0; image < input.images(); image++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          int done = 0;
          while (done < lanes) {
            if (lanes - done >= 3 * Lanes.WIDTH) {
              convolveThree(image, y, x, done);
              done += 3 * Lanes.WIDTH;
            } else {
              convolveOne(image, y, x, done);
              done += Lanes.WIDTH;
            }
          }
        }
      }
    }
  }

  private void convolveThree(int image, int y, int x, int lane) {
    float[] values = input.values();
    float[] w = weights;
    int channels = input.channels();
    FloatVector a = zero();
    FloatVector b = zero();
    FloatVector c = zero();
    for (int tap = 0; tap < taps; tap++) {
      int row = y * stride + (taps == 1 ? 0 : tap / 3 - 1);
      int column = x * stride + (taps == 1 ? 0 : tap % 3 - 1);
      if (row >= 0 && row < input.size() && column >= 0 && column < input.size()) {
        int from = input.at(image, row, column);
        int at = weightAt(tap, 0) + lane;
        for (int i = from; i < from + channels; i++, at += lanes) {
          FloatVector value = all(values[i]);
          a = value.fma(load(w, at), a);
          b = value.fma(load(w, at + 8), b);
          c = value.fma(load(w, at + 16), c);
        }
      }
    }
    int to = at(image, y, x) + lane;
    a.intoArray(normalized, to);
    b.intoArray(normalized, to + 8);
    c.intoArray(normalized, to + 16);
  }

  private void convolveOne(int image, int y, int x, int lane) {
    float[] values = input.values();
    float[] w = weights;
    int channels = input.channels();
    FloatVector a = zero();
    for (int tap = 0; tap < taps; tap++) {
      int row = y * stride + (taps == 1 ? 0 : tap / 3 - 1);
      int column = x * stride + (taps == 1 ? 0 : tap % 3 - 1);
      if (row >= 0 && row < input.size() && column >= 0 && column < input.size()) {
        int from = input.at(image, row, column);
        int at = weightAt(tap, 0) + lane;
        for (int i = from; i < from + channels; i++, at += lanes) {
          a = all(values[i]).fma(load(w, at), a);
        }
      }
    }
    a.intoArray(normalized, at(image, y, x) + lane);
  }

  /**
   * Subtracts the batch's mean and divides by its deviation, both summed up in double precision.
   */
  private void normalize() {
    double positions = (double) input.images() * size * size;
    float[] center = new float[lanes];
    double[] sums = sums(center, false);
    for (int lane = 0; lane < lanes; lane++) {
      center[lane] = (float) (sums[lane] / positions);
    }
    double[] squares = sums(center, true);
    float[] factor = new float[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      factor[lane] = (float) (1 / Math.sqrt(squares[lane] / positions + EPSILON));
    }
    int lane = 0;
    for (Convolution each : convolutions) {
      for (int output = 0; output < each.outputs; output++, lane++) {
        each.mean[output] = sums[lane] / positions;
        each.deviation[output] = Math.sqrt(squares[lane] / positions + EPSILON);
      }
    }
    for (int from = 0; from < lanes; from += Lanes.WIDTH) {
      scale(from, load(center, from), load(factor, from));
    }
  }

  private void scale(int from, FloatVector center, FloatVector factor) {
    for (int image = 0; image < input.images(); image++) {
      for (int y = 0; y < size; y++) {
        int at = at(image, y, 0) + from;
        for (int x = 0; x < size; x++, at += lanes) {
          load(normalized, at).sub(center).mul(factor).intoArray(normalized, at);
        }
      }
    }
  }

  /**
   * Of every lane the sum, over all positions, of the distance from the center or of its square.
   */
  private double[] sums(float[] center, boolean squared) {
    double[] sums = new double[lanes];
    for (int from = 0; from < lanes; from += Lanes.WIDTH) {
      FloatVector middle = load(center, from);
      for (int image = 0; image < input.images(); image++) {
        FloatVector sum = squared ? squares(image, from, middle) : distances(image, from, middle);
        for (int i = 0; i < Lanes.WIDTH; i++) {
          sums[from + i] += sum.lane(i);
        }
      }
    }
    return sums;
  }

  private FloatVector distances(int image, int from, FloatVector center) {
    FloatVector sum = zero();
    for (int y = 0; y < size; y++) {
      int at = at(image, y, 0) + from;
      for (int x = 0; x < size; x++, at += lanes) {
        sum = sum.add(load(normalized, at).sub(center));
      }
    }
    return sum;
  }

  private FloatVector squares(int image, int from, FloatVector center) {
    FloatVector sum = zero();
    for (int y = 0; y < size; y++) {
      int at = at(image, y, 0) + from;
      for (int x = 0; x < size; x++, at += lanes) {
        FloatVector distance = load(normalized, at).sub(center);
        sum = distance.fma(distance, sum);
      }
    }
    return sum;
  }

  /** What the gradients of the weights need of the normalised outputs. */
  private void sum(ActivePositions active) {
    float[] sums = Correlation.zeros(input.channels(), taps, lanes);
    for (int image = 0; image < input.images(); image++) {
      Correlation.Field field =
          new Correlation.Field(normalized, at(image, -1, -1), lanes, size + 2);
      if (stride == 1) {
        Correlation.add(field, active, image, taps, sums, 0, lanes, lanes);
      } else {
        Correlation.addStrided(field, active, image, sums, 0, lanes, lanes);
      }
    }
    int lane = 0;
    for (Convolution each : convolutions) {
      for (int i = 0; i < each.inputs * taps; i++) {
        System.arraycopy(sums, i * lanes + lane, each.means, i * each.outputs, each.outputs);
      }
      lane += each.outputs;
    }
  }

  /** Adds each convolution's normalised, scaled and shifted output to its target. */
  void addTo(FeatureMap[] nodes) {
    int lane = 0;
    for (Convolution each : convolutions) {
      FeatureMap node = nodes[each.target];
      float[] factor = new float[each.outputs];
      float[] addend = new float[each.outputs];
      for (int output = 0; output < each.outputs; output++) {
        factor[output] = (float) (each.share * each.scale[output]);
        addend[output] = (float) (each.share * each.shift[output]);
      }
      for (int image = 0; image < node.images(); image++) {
        for (int y = 0; y < size; y++) {
          int to = node.at(image, y, 0);
          int from = at(image, y, 0) + lane;
          for (int x = 0; x < size; x++, from += lanes) {
            for (int output = 0; output < each.outputs; output++) {
              node.values()[to++] += factor[output] * normalized[from + output] + addend[output];
            }
          }
        }
      }
      lane += each.outputs;
    }
  }

  /**
   * What a position of the input receives from each normalised output: {@code sum_tap w[o, c, tap]
   * normalised[p - tap, o]}, where the input is active; elsewhere anything.
   *
   * @return {@code [b, h, w, c, o]} with the outputs rounded up to {@link #lanes}
   */
  float[] received(String name, Buffers buffers) {
    float[] received = buffers.take(name, (long) input.values().length * lanes);
    int channels = input.channels();
    for (int image = 0; image < input.images(); image++) {
      for (int y = 0; y < input.size(); y++) {
        for (int x = 0; x < input.size(); x++) {
          int from = input.at(image, y, x);
          for (int channel = 0; channel < channels; channel++) {
            if (input.values()[from + channel] > 0) {
              int to = (from + channel) * lanes;
              for (int lane = 0; lane < lanes; lane += Lanes.WIDTH) {
                receive(image, y, x, channel, lane).intoArray(received, to + lane);
              }
            }
          }
        }
      }
    }
    return received;
  }

  private FloatVector receive(int image, int y, int x, int channel, int lane) {
    FloatVector sum = zero();
    for (int tap = 0; tap < taps; tap++) {
      int row = y - (tap / 3 - 1);
      int column = x - (tap % 3 - 1);
      if (row % stride == 0 && column % stride == 0) {
        // beyond the image lies the border, which is zero
        int at = at(image, row / stride, column / stride) + lane;
        sum = load(normalized, at).fma(load(weights, weightAt(tap, channel) + lane), sum);
      }
    }
    return sum;
  }
}
