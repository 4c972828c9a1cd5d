package dev.espalier.learning.indicator;

import dev.espalier.search.random.RandomStream;

/** Images with their classes; whoever makes or gets the arrays leaves them as they are. */
public final class LabelledBatch {
  private final int size;
  private final float[] pixels;
  private final int[] labels;

  /**
   * @param size height and width
   * @param pixels {@code [b, 3, size, size]}, normalised
   * @param labels {@code [b]}, from 0
   */
  public LabelledBatch(int size, float[] pixels, int[] labels) {
    this.size = size;
    this.pixels = pixels;
    this.labels = labels;
  }

  /** Pixels from a normal distribution of mean 0 and deviation 1, and classes at random. */
  static LabelledBatch noise(int classes, int count, int size, RandomStream stream) {
    float[] pixels = new float[count * IndicatorImages.CHANNELS * size * size];
    stream.fillGaussian(pixels, 1);
    int[] labels = new int[count];
    for (int image = 0; image < count; image++) {
      labels[image] = stream.nextInt(classes);
    }
    return new LabelledBatch(size, pixels, labels);
  }

  int count() {
    return labels.length;
  }

  public float[] pixels() {
    return pixels;
  }

  public int[] labels() {
    return labels;
  }

  /** {@code [b, 3, size, size]}. */
  public long[] shape() {
    return new long[] {labels.length, IndicatorImages.CHANNELS, size, size};
  }
}
