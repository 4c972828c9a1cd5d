package dev.espalier.learning.space.nasbench201.kernel;

import java.util.Arrays;

/**
 * Where a feature map is not zero, for each image, group and channel: half of what a ReLU lets
 * through is nothing, and what is not listed costs nothing.
 *
 * <p>Positions are numbered as in the bordered grid of the convolution's output: {@code (y + 1) *
 * (size + 2) + x + 1}.
 */
final class ActivePositions {
  /** Pixels whose cotangents fit a core's nearest cache, the rows above and below included. */
  private static final int NEAR_PIXELS = 97;

  private static final int TAPS = 9;

  private final int groups;
  private final int channels;
  private final int[] starts; // [image][group][channel], and the end
  private int[] positions;
  private float[] values;
  private int count;

  private ActivePositions(FeatureMap map, int groups) {
    this.groups = groups;
    this.channels = map.channels();
    this.starts = new int[map.images() * groups * channels + 1];
    this.positions = new int[map.values().length];
    this.values = new float[map.values().length];
  }

  /**
   * For convolutions of stride 1: groups are strips of rows, position and value are the input's.
   */
  static ActivePositions strips(FeatureMap map) {
    int size = map.size();
    int rows = Math.clamp(NEAR_PIXELS / size - 2, 1, size);
    ActivePositions active = new ActivePositions(map, Math.ceilDiv(size, rows));
    int list = 0;
    for (int image = 0; image < map.images(); image++) {
      for (int from = 0; from < size; from += rows) {
        for (int channel = 0; channel < map.channels(); channel++) {
          active.starts[list++] = active.count;
          for (int y = from; y < Math.min(size, from + rows); y++) {
            int at = map.at(image, y, 0) + channel;
            for (int x = 0; x < size; x++, at += map.channels()) {
              active.add(map.values()[at], (y + 1) * (size + 2) + x + 1);
            }
          }
        }
      }
    }
    active.starts[list] = active.count;
    return active;
  }

  /**
   * For 3x3 convolutions of stride 2: groups are the nine taps, a position is the output's that the
   * tap carries the input's value to.
   */
  static ActivePositions taps(FeatureMap map) {
    int half = map.size() / 2;
    ActivePositions active = new ActivePositions(map, TAPS);
    int list = 0;
    for (int image = 0; image < map.images(); image++) {
      for (int tap = 0; tap < TAPS; tap++) {
        for (int channel = 0; channel < map.channels(); channel++) {
          active.starts[list++] = active.count;
          for (int y = 0; y < half; y++) {
            int row = 2 * y + tap / 3 - 1;
            for (int x = 0; x < half && row >= 0; x++) {
              int column = 2 * x + tap % 3 - 1;
              if (column >= 0) {
                float value = map.values()[map.at(image, row, column) + channel];
                active.add(value, (y + 1) * (half + 2) + x + 1);
              }
            }
          }
        }
      }
    }
    active.starts[list] = active.count;
    return active;
  }

  private void add(float value, int position) {
    if (value != 0) {
      if (count == positions.length) {
        positions = Arrays.copyOf(positions, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      positions[count] = position;
      values[count++] = value;
    }
  }

  int groups() {
    return groups;
  }

  int channels() {
    return channels;
  }

  /** The first of a list; the next list's first is its end. */
  int start(int image, int group, int channel) {
    return starts[(image * groups + group) * channels + channel];
  }

  int end(int image, int group, int channel) {
    return starts[(image * groups + group) * channels + channel + 1];
  }

  /** Positions of one image, over all lists. */
  int count(int image) {
    return starts[(image + 1) * groups * channels] - starts[image * groups * channels];
  }

  int[] positions() {
    return positions;
  }

  float[] values() {
    return values;
  }
}
