package dev.espalier.learning.space.nasbench201.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * The gradient with respect to a map of all convolutions that read it, merged into one transposed
 * convolution of the targets' cotangents: convolutions between the same two nodes add up to one,
 * and of each batch normalisation's backward pass only two sums a channel are left, which act
 * through tables that do not depend on the row.
 *
 * <p>A 1x1 convolution's table is not even needed: what it receives from its normalised outputs is
 * linear in the map's own pixel.
 */
final class InputGradient {
  private static final int TAPS = 9;

  /** Border classes of a row or column: the first, those between, the last. */
  private static final int CLASSES = 3;

  private final ConvolvedMap map;
  private final FeatureMap input;
  private final int[] targets;
  private final List<Convolution> wide;
  private final List<Convolution> centre;
  private final float[] received; // [b][h][w][c][o]
  private final int receivedLanes;
  private final float[][] weights; // by parity: [c][entry]
  private final int[] classes; // of a row or column
  private final float[] ones; // [border class][c][o]: what a position receives from outputs of 1

  InputGradient(String name, ConvolvedMap map, Buffers buffers) {
    this.map = map;
    this.input = map.input();
    this.targets = map.convolutions().stream().mapToInt(each -> each.target).distinct().toArray();
    this.wide = map.convolutions().stream().filter(each -> each.taps == TAPS).toList();
    this.centre = map.convolutions().stream().filter(each -> each.taps == 1).toList();
    ConvolutionBank bank = map.wide();
    this.received = bank == null ? new float[0] : bank.received(name + " received", buffers);
    this.receivedLanes = bank == null ? 0 : bank.lanes();
    this.weights = new float[map.stride() * map.stride()][];
    for (int parity = 0; parity < weights.length; parity++) {
      weights[parity] = weights(parity);
    }
    this.classes = new int[input.size()];
    Arrays.setAll(classes, this::borderClass);
    this.ones = ones();
  }

  // ---- what does not depend on the row

  /** The taps that reach a position of this parity, in order: all nine where the stride is 1. */
  private int[] taps(int target, int parity) {
    if (map.tapsInto(target) == 1) {
      return new int[] {TAPS / 2};
    }
    int stride = map.stride();
    int[] taps = new int[TAPS];
    int count = 0;
    for (int tap = 0; tap < TAPS; tap++) {
      int row = parity / stride - (tap / 3 - 1);
      int column = parity % stride - (tap % 3 - 1);
      if (row % stride == 0 && column % stride == 0) {
        taps[count++] = tap;
      }
    }
    return Arrays.copyOf(taps, count);
  }

  private float[] weights(int parity) {
    int perChannel = 0;
    for (int target : targets) {
      perChannel += taps(target, parity).length * 3 * triples();
    }
    float[] merged = new float[input.channels() * perChannel];
    int entry = 0;
    for (int target : targets) {
      for (int triple = 0; triple < triples(); triple++) {
        for (int tap : taps(target, parity)) {
          for (int output = 3 * triple; output < 3 * triple + 3; output++, entry++) {
            for (int c = 0; c < input.channels() && output < outputs(); c++) {
              merged[c * perChannel + entry] = merged(target, output, c, tap);
            }
          }
        }
      }
    }
    return merged;
  }

  private int outputs() {
    return map.convolutions().getFirst().outputs;
  }

  private int triples() {
    return Math.ceilDiv(outputs(), 3);
  }

  private float merged(int target, int output, int channel, int tap) {
    double sum = 0;
    for (Convolution each : map.into(target)) {
      if (each.taps == TAPS) {
        sum += each.gain(output) * each.weight(output, channel, tap);
      } else if (tap == TAPS / 2) {
        sum += each.gain(output) * each.weight(output, channel, 0);
      }
    }
    return (float) sum;
  }

  private int borderClass(int position) {
    if (position == input.size() - 1) {
      return 2;
    }
    return map.stride() == 1 ? (position == 0 ? 0 : 1) : position % 2;
  }

  private float[] ones() {
    int[] example = {0, 1, input.size() - 1};
    float[] ones = new float[CLASSES * CLASSES * input.channels() * wide.size() * outputs()];
    int i = 0;
    for (int y : example) {
      for (int x : example) {
        for (int c = 0; c < input.channels(); c++) {
          for (Convolution each : wide) {
            for (int output = 0; output < outputs(); output++) {
              for (int tap = 0; tap < TAPS; tap++) {
                if (reaches(y, tap / 3) && reaches(x, tap % 3)) {
                  ones[i] += each.weight(output, c, tap);
                }
              }
              i++;
            }
          }
        }
      }
    }
    return ones;
  }

  private boolean reaches(int position, int tap) {
    int from = position - (tap - 1);
    return from % map.stride() == 0
        && from >= 0
        && from / map.stride() < input.size() / map.stride();
  }

  // ---- what does

  /** The pass for a block of rows, whose convolutions have been differentiated. */
  PixelGradient begin(Cotangents from, int[] slots) {
    CotangentGrid grid = from.grid();
    int[][] offsets = new int[weights.length][];
    for (int parity = 0; parity < offsets.length; parity++) {
      offsets[parity] = offsets(from, slots, parity);
    }
    return new PixelGradient(
        new PixelGradient.Tables(
            input,
            map.stride(),
            offsets,
            weights,
            received,
            receivedLanes,
            wide.size() * outputs(),
            coefficients(grid.lanes()),
            squares(grid.lanes()),
            !centre.isEmpty(),
            constants(grid.lanes()),
            classes),
        from);
  }

  /** Where each entry's cotangents lie, from the image's pixel at the position that it is about. */
  private int[] offsets(Cotangents from, int[] slots, int parity) {
    CotangentGrid grid = from.grid();
    int stride = map.stride();
    int[] offsets = new int[weights[parity].length / input.channels()];
    int entry = 0;
    for (int target : targets) {
      for (int triple = 0; triple < triples(); triple++) {
        for (int tap : taps(target, parity)) {
          int row = (parity / stride - (tap / 3 - 1)) / stride;
          int column = (parity % stride - (tap % 3 - 1)) / stride;
          for (int output = 0; output < 3; output++) {
            offsets[entry++] =
                from.at(slots[target], 0)
                    + triple * grid.plane()
                    + row * grid.row()
                    + column * grid.pixel()
                    + output * grid.lanes();
          }
        }
      }
    }
    return offsets;
  }

  /** By output of the wide convolutions: how much of what a position receives is taken away. */
  private float[] coefficients(int lanes) {
    float[] coefficients = new float[wide.size() * outputs() * lanes];
    int to = 0;
    for (Convolution each : wide) {
      for (float term : each.deviationTerm) {
        coefficients[to++] = -term;
      }
    }
    return coefficients;
  }

  /** Of the 1x1 convolutions the same as a matrix over the map's own channels, {@code [c][c']}. */
  private float[] squares(int lanes) {
    int channels = input.channels();
    float[] squares = new float[channels * channels * lanes];
    for (Convolution each : centre) {
      for (int output = 0; output < outputs(); output++) {
        for (int c = 0; c < channels; c++) {
          for (int other = 0; other < channels; other++) {
            float factor =
                (float)
                    (-each.weight(output, c, 0)
                        * each.weight(output, other, 0)
                        / each.deviation[output]);
            int to = (c * channels + other) * lanes;
            for (int lane = 0; lane < lanes; lane++) {
              squares[to + lane] += factor * each.deviationTerm[output * lanes + lane];
            }
          }
        }
      }
    }
    return squares;
  }

  /** What is taken away everywhere, {@code [border class][c][lane]}. */
  private float[] constants(int lanes) {
    int channels = input.channels();
    float[] constants = new float[CLASSES * CLASSES * channels * lanes];
    int one = 0;
    int to = 0;
    for (int border = 0; border < CLASSES * CLASSES; border++) {
      for (int c = 0; c < channels; c++, to += lanes) {
        for (Convolution each : wide) {
          for (int output = 0; output < outputs(); output++) {
            subtract(constants, to, ones[one++], each.meanTerm, output * lanes, lanes);
          }
        }
        for (Convolution each : centre) {
          for (int output = 0; output < outputs(); output++) {
            float weight = each.weight(output, c, 0);
            float middle = (float) (weight * each.mean[output] / each.deviation[output]);
            subtract(constants, to, weight, each.meanTerm, output * lanes, lanes);
            subtract(constants, to, -middle, each.deviationTerm, output * lanes, lanes);
          }
        }
      }
    }
    return constants;
  }

  private static void subtract(
      float[] from, int at, float factor, float[] values, int first, int lanes) {
    for (int lane = 0; lane < lanes; lane++) {
      from[at + lane] -= factor * values[first + lane];
    }
  }
}
