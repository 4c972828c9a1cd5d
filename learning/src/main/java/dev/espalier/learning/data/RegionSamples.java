package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;

/**
 * The samples on which linear regions are counted: of each image a small random crop without
 * padding, at the data set's own size, normalised, one channel drawn at random (specs/te-nas.md
 * 1.4).
 */
public final class RegionSamples {
  private RegionSamples() {}

  /**
   * Draws samples from the train part: the images in a shuffled order, a new order when all were
   * used.
   *
   * @return {@code [count, 1, size, size]}
   */
  public static float[] draw(ImageDataset dataset, int count, int size, RandomStream stream) {
    ImageShape shape = dataset.shape();
    if (size < 1 || size > Math.min(shape.height(), shape.width())) {
      throw new InvalidInput(
          "regions.imageSize must be between 1 and %d for %s, but was %d"
              .formatted(Math.min(shape.height(), shape.width()), dataset.name(), size));
    }
    float[][] normalisation = dataset.statistics().normalisation();
    Images train = dataset.train();
    int[] images = Selection.draw(train.count(), count, stream);
    float[] samples = new float[Math.multiplyExact(count, size * size)];
    for (int i = 0; i < count; i++) {
      int top = stream.nextInt(shape.height() - size + 1);
      int left = stream.nextInt(shape.width() - size + 1);
      int channel = stream.nextInt(shape.channels());
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          samples[(i * size + row) * size + column] =
              normalisation[channel][train.pixel(images[i], channel, top + row, left + column)];
        }
      }
    }
    return samples;
  }
}
