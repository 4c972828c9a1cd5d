package dev.espalier.learning.space.nasbench201.kernel;

/** What a layer hands on, channels innermost. */
final class FeatureMap {
  private final int images;
  private final int size;
  private final int channels;
  private final float[] values; // [b, h, w, c]

  private FeatureMap(int images, int size, int channels, float[] values) {
    this.images = images;
    this.size = size;
    this.channels = channels;
    this.values = values;
  }

  static FeatureMap zero(int images, int size, int channels) {
    return new FeatureMap(images, size, channels, new float[images * size * size * channels]);
  }

  /** From {@code [b, c, h, w]}. */
  static FeatureMap ofChannelsFirst(float[] values, int images, int size, int channels) {
    FeatureMap map = zero(images, size, channels);
    int pixels = size * size;
    for (int image = 0; image < images; image++) {
      for (int channel = 0; channel < channels; channel++) {
        int from = (image * channels + channel) * pixels;
        for (int pixel = 0; pixel < pixels; pixel++) {
          map.values[(image * pixels + pixel) * channels + channel] = values[from + pixel];
        }
      }
    }
    return map;
  }

  int images() {
    return images;
  }

  /** Height and width in pixels. */
  int size() {
    return size;
  }

  int channels() {
    return channels;
  }

  /** {@code [b, h, w, c]}. */
  float[] values() {
    return values;
  }

  /** Where the numbers of a pixel begin. */
  int at(int image, int y, int x) {
    return ((image * size + y) * size + x) * channels;
  }

  /** Values of one channel, over all images: what batch normalisation averages. */
  int positions() {
    return images * size * size;
  }

  FeatureMap rectified() {
    float[] positive = new float[values.length];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = Math.max(values[i], 0);
    }
    return new FeatureMap(images, size, channels, positive);
  }

  /** Adds {@code factor} times the other. */
  void add(FeatureMap other, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] += factor * other.values[i];
    }
  }

  /** The mean over each pixel's 3x3 neighbourhood, as far as it lies inside. */
  FeatureMap pooled() {
    FeatureMap rows = zero(images, size, channels);
    FeatureMap means = zero(images, size, channels);
    int row = size * channels;
    for (int line = 0; line < images * size; line++) {
      int y = line % size;
      for (int i = line * row; i < (line + 1) * row; i++) {
        float sum = values[i];
        sum += y > 0 ? values[i - row] : 0;
        sum += y < size - 1 ? values[i + row] : 0;
        rows.values[i] = sum;
      }
    }
    for (int line = 0; line < images * size; line++) {
      int tall = neighbours(line % size);
      for (int x = 0; x < size; x++) {
        int pixel = line * row + x * channels;
        float share = 1f / (tall * neighbours(x));
        for (int i = pixel; i < pixel + channels; i++) {
          float sum = rows.values[i];
          sum += x > 0 ? rows.values[i - channels] : 0;
          sum += x < size - 1 ? rows.values[i + channels] : 0;
          means.values[i] = sum * share;
        }
      }
    }
    return means;
  }

  /** How many of the three positions around this one lie inside. */
  private int neighbours(int position) {
    return 1 + (position > 0 ? 1 : 0) + (position < size - 1 ? 1 : 0);
  }

  /** The mean of every 2x2 square. */
  FeatureMap halved() {
    FeatureMap half = zero(images, size / 2, channels);
    for (int image = 0; image < images; image++) {
      for (int y = 0; y < size / 2; y++) {
        for (int x = 0; x < size / 2; x++) {
          int first = at(image, 2 * y, 2 * x);
          int second = at(image, 2 * y + 1, 2 * x);
          int to = half.at(image, y, x);
          for (int c = 0; c < channels; c++) {
            half.values[to + c] =
                (values[first + c]
                        + values[first + channels + c]
                        + values[second + c]
                        + values[second + channels + c])
                    * 0.25f;
          }
        }
      }
    }
    return half;
  }
}
