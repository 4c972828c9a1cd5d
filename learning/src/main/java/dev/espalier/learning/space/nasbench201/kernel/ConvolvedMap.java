package dev.espalier.learning.space.nasbench201.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map with all convolutions that read it, run forward; and, block by block of rows, the gradients
 * of their weights.
 *
 * <p>The gradients need one correlation of the map with each target's cotangents, not one a
 * convolution: batch normalisation's backward pass is affine in it.
 */
final class ConvolvedMap {
  private static final int TAPS = 9;

  private final FeatureMap input;
  private final int stride;
  private final ActivePositions active;
  private final List<Convolution> convolutions;
  private final @Nullable ConvolutionBank wide;
  private final @Nullable ConvolutionBank centre;
  private final double[] sums; // [tap, c]: sum_p x[p + tap, c]

  /**
   * @param name tells this map's buffers from others'
   * @param convolutions at least one
   */
  ConvolvedMap(
      String name, FeatureMap input, int stride, List<Convolution> convolutions, Buffers buffers) {
    this.input = input;
    this.stride = stride;
    this.active = stride == 1 ? ActivePositions.strips(input) : ActivePositions.taps(input);
    this.convolutions = convolutions;
    this.wide = bank(name + " wide", TAPS, buffers);
    this.centre = bank(name + " centre", 1, buffers);
    this.sums = sums();
  }

  private @Nullable ConvolutionBank bank(String name, int taps, Buffers buffers) {
    List<Convolution> ofSize = ofSize(taps);
    return ofSize.isEmpty()
        ? null
        : new ConvolutionBank(name, ofSize, stride, input, active, buffers);
  }

  private List<Convolution> ofSize(int taps) {
    return convolutions.stream().filter(each -> each.taps == taps).toList();
  }

  private double[] sums() {
    int size = input.size();
    int channels = input.channels();
    double[] pixels = new double[size * size * channels]; // over all images
    for (int i = 0; i < input.values().length; i++) {
      pixels[i % pixels.length] += input.values()[i];
    }
    double[] sums = new double[TAPS * channels];
    for (int tap = 0; tap < TAPS; tap++) {
      for (int y = 0; y < size / stride; y++) {
        for (int x = 0; x < size / stride; x++) {
          int row = y * stride + tap / 3 - 1;
          int column = x * stride + tap % 3 - 1;
          if (row >= 0 && row < size && column >= 0 && column < size) {
            for (int c = 0; c < channels; c++) {
              sums[tap * channels + c] += pixels[(row * size + column) * channels + c];
            }
          }
        }
      }
    }
    return sums;
  }

  FeatureMap input() {
    return input;
  }

  int stride() {
    return stride;
  }

  List<Convolution> convolutions() {
    return convolutions;
  }

  @Nullable ConvolutionBank wide() {
    return wide;
  }

  /** Adds every convolution's output to its target. */
  void addTo(FeatureMap[] nodes) {
    if (wide != null) {
      wide.addTo(nodes);
    }
    if (centre != null) {
      centre.addTo(nodes);
    }
  }

  /** The convolutions that add to a node. */
  List<Convolution> into(int target) {
    return convolutions.stream().filter(each -> each.target == target).toList();
  }

  /** Taps of the correlation that the convolutions into a node need: 9, 1, or 0 for none. */
  int tapsInto(int target) {
    return into(target).stream().mapToInt(each -> each.taps).max().orElse(0);
  }

  /**
   * Adds an image's part of the correlation with a target's cotangents.
   *
   * @param sums {@code [c][tap][triple][3][lane]}
   */
  void correlate(Cotangents cotangents, int slot, int image, int taps, float[] sums) {
    CotangentGrid grid = cotangents.grid();
    int step = grid.triples() * grid.pixel();
    cotangents.work().add((long) active.count(image) * (stride == 1 ? taps : 1) * step);
    for (int triple = 0; triple < grid.triples(); triple++) {
      Correlation.Field field =
          new Correlation.Field(
              cotangents.numbers(),
              cotangents.at(slot, image) + triple * grid.plane(),
              grid.pixel(),
              grid.size() + 2);
      int to = triple * grid.pixel();
      if (stride == 1) {
        Correlation.add(field, active, image, taps, sums, to, step, grid.pixel());
      } else {
        Correlation.addStrided(field, active, image, sums, to, step, grid.pixel());
      }
    }
  }

  /**
   * The rows of a convolution's weights, and what its batch normalisation takes away further down.
   *
   * @param correlation {@code [c][tap][triple][3][lane]}
   * @param taps of the correlation
   * @param total sum of the target's cotangents over all positions, {@code [o][lane]}
   */
  void differentiate(
      Convolution convolution,
      float[] correlation,
      int taps,
      float[] total,
      CotangentGrid grid,
      Jacobian jacobian) {
    int lanes = grid.lanes();
    int step = grid.triples() * grid.pixel();
    double positions = (double) input.positions() / (stride * stride);
    convolution.meanTerm = new float[convolution.outputs * lanes];
    convolution.deviationTerm = new float[convolution.outputs * lanes];
    float[] mean = new float[lanes];
    float[] slope = new float[lanes];
    for (int output = 0; output < convolution.outputs; output++) {
      float[] sum = new float[lanes]; // of cotangent times normalised output
      for (int i = 0; i < convolution.inputs * convolution.taps; i++) {
        float weight = convolution.weight(output, i / convolution.taps, i % convolution.taps);
        int from = at(convolution, i, taps, step) + output * lanes;
        for (int lane = 0; lane < lanes; lane++) {
          sum[lane] += weight * correlation[from + lane];
        }
      }
      float center = (float) convolution.mean[output];
      float inverse = (float) (1 / convolution.deviation[output]);
      float gain = (float) convolution.gain(output);
      float share = (float) convolution.share;
      float each = (float) (1 / positions);
      int scaleAt = jacobian.at(convolution.scaleRow + output);
      for (int lane = 0; lane < lanes; lane++) {
        float all = total[output * lanes + lane];
        float along = (sum[lane] - center * all) * inverse;
        jacobian.values()[scaleAt + lane] = share * along;
        mean[lane] = all * each;
        slope[lane] = along * each;
        convolution.meanTerm[output * lanes + lane] = gain * mean[lane];
        convolution.deviationTerm[output * lanes + lane] = gain * slope[lane];
      }
      for (int i = 0; i < convolution.inputs * convolution.taps; i++) {
        int from = at(convolution, i, taps, step) + output * lanes;
        int channel = i / convolution.taps;
        int tap = convolution.taps == 1 ? TAPS / 2 : i % convolution.taps;
        float ones = (float) sums[tap * convolution.inputs + channel];
        float along = convolution.means[i * convolution.outputs + output];
        int to =
            jacobian.at(convolution.weightRow + output * convolution.inputs * convolution.taps + i);
        for (int lane = 0; lane < lanes; lane++) {
          jacobian.values()[to + lane] =
              gain * (correlation[from + lane] - ones * mean[lane] - along * slope[lane]);
        }
      }
    }
  }

  /** Where the correlation of a convolution's i-th pair of input and tap begins. */
  private static int at(Convolution convolution, int i, int taps, int step) {
    int channel = i / convolution.taps;
    int tap = convolution.taps == taps ? i % taps : TAPS / 2;
    return (channel * taps + tap) * step;
  }
}
