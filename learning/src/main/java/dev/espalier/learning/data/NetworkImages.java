package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;

/**
 * The images of a data set as a network takes them: square of a wanted size, with the wanted number
 * of channels, normalised by the channel means and deviations of the train part at that size.
 * Immutable; share it between threads.
 *
 * <p>One-channel images become three channels by repetition. {@link Resizing} says how sizes
 * change.
 */
public final class NetworkImages {
  private final ImageShape shape;
  private final Images train;
  private final Images test;
  private final ChannelStatistics statistics;
  private final float[][] normalisation; // [stored channels, 256]

  private NetworkImages(ImageShape shape, Images train, Images test, ChannelStatistics statistics) {
    this.shape = shape;
    this.train = train;
    this.test = test;
    this.statistics = statistics;
    this.normalisation = statistics.normalisation();
  }

  /** The data set for networks with three input channels. */
  public static NetworkImages of(ImageDataset dataset, int imageSize) {
    return of(dataset, imageSize, 3);
  }

  /**
   * The data set for networks with {@code channels} input channels.
   *
   * @throws InvalidInput if the images cannot be brought to that size or number of channels
   */
  public static NetworkImages of(ImageDataset dataset, int imageSize, int channels) {
    ImageShape stored = dataset.shape();
    if (stored.channels() != channels && stored.channels() != 1) {
      throw new InvalidInput(
          "%s has images of %d channels; a network with %d input channels takes images of 1 or %d channels"
              .formatted(dataset.name(), stored.channels(), channels, channels));
    }
    Resizing resizing = Resizing.of(stored, imageSize);
    Images train = resizing.apply(dataset.train());
    Images test = resizing.apply(dataset.test());
    ChannelStatistics statistics =
        train == dataset.train() ? dataset.statistics() : ChannelStatistics.of(train);
    return new NetworkImages(
        new ImageShape(channels, imageSize, imageSize), train, test, statistics);
  }

  /**
   * Whether images of that shape come to a size without being scaled by means of areas: as they
   * are, with a little padding, or by averages of 2x2 pixels.
   */
  public static boolean takesPlainly(ImageShape stored, int imageSize) {
    return Resizing.of(stored, imageSize).isPlain();
  }

  /** What is subtracted from the pixels, scaled to 0..1, of each of the network's channels. */
  public float[] means() {
    return ofEachChannel(statistics.means());
  }

  /** What they are divided by then, likewise. */
  public float[] deviations() {
    return ofEachChannel(statistics.deviations());
  }

  /** Grey images have one channel; a network sees it several times. */
  private float[] ofEachChannel(float[] stored) {
    float[] each = new float[shape.channels()];
    for (int channel = 0; channel < each.length; channel++) {
      each[channel] = stored[Math.min(channel, stored.length - 1)];
    }
    return each;
  }

  /** The shape a network sees. */
  public ImageShape shape() {
    return shape;
  }

  /** The train part at the network's size; labels as in the data set. */
  public Images train() {
    return train;
  }

  /** The test part at the network's size. */
  public Images test() {
    return test;
  }

  /**
   * A new batch of un-augmented images.
   *
   * @param part {@link #train()} or {@link #test()}
   * @param images numbers within the part
   * @return {@code [b, c, size, size]}, normalised
   */
  public float[] batch(Images part, int[] images) {
    float[] batch = new float[Math.multiplyExact(images.length, shape.size())];
    fill(part, images, 0, images.length, batch);
    return batch;
  }

  /**
   * A new batch of augmented images {@code [b, c, size, size]}, drawn from the stream image by
   * image.
   */
  public float[] batch(Images part, int[] images, Augmentation augmentation, RandomStream stream) {
    float[] batch = new float[Math.multiplyExact(images.length, shape.size())];
    fill(part, images, 0, images.length, augmentation, stream, batch);
    return batch;
  }

  /** Writes the images {@code images[from..to)} to the beginning of {@code batch}. */
  public void fill(Images part, int[] images, int from, int to, float[] batch) {
    for (int i = from; i < to; i++) {
      place(part, images[i], false, 0, 0, batch, (i - from) * shape.size());
    }
  }

  /**
   * Writes augmented images. What is drawn per image, in this order, as far as it is wanted: flip;
   * rows, columns of the crop; row, column of the Cutout's centre.
   */
  public void fill(
      Images part,
      int[] images,
      int from,
      int to,
      Augmentation augmentation,
      RandomStream stream,
      float[] batch) {
    int size = shape.width();
    int places = 2 * augmentation.padding() + 1;
    for (int i = from; i < to; i++) {
      boolean flip = augmentation.flip() && stream.nextBoolean();
      int down = augmentation.padding() == 0 ? 0 : stream.nextInt(places) - augmentation.padding();
      int right = augmentation.padding() == 0 ? 0 : stream.nextInt(places) - augmentation.padding();
      int start = (i - from) * shape.size();
      place(part, images[i], flip, down, right, batch, start);
      if (augmentation.cutout() > 0) {
        int row = stream.nextInt(size);
        int column = stream.nextInt(size);
        cut(
            batch,
            start,
            row - augmentation.cutout() / 2,
            column - augmentation.cutout() / 2,
            augmentation.cutout());
      }
    }
  }

  private void place(
      Images part, int image, boolean flip, int down, int right, float[] batch, int start) {
    int size = shape.width();
    byte[] pixels = part.pixels();
    for (int channel = 0; channel < shape.channels(); channel++) {
      int stored = Math.min(channel, normalisation.length - 1);
      float[] values = normalisation[stored];
      int source = image * part.shape().size() + stored * size * size;
      int target = start + channel * size * size;
      for (int row = 0; row < size; row++) {
        int fromRow = row + down;
        boolean rowInside = fromRow >= 0 && fromRow < size;
        for (int column = 0; column < size; column++) {
          int shifted = column + right;
          int fromColumn = flip ? size - 1 - shifted : shifted;
          boolean inside = rowInside && fromColumn >= 0 && fromColumn < size;
          int pixel = inside ? pixels[source + fromRow * size + fromColumn] & 0xff : 0;
          batch[target + row * size + column] = values[pixel];
        }
      }
    }
  }

  private void cut(float[] batch, int start, int top, int left, int side) {
    int size = shape.width();
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int row = Math.max(0, top); row < Math.min(size, top + side); row++) {
        for (int column = Math.max(0, left); column < Math.min(size, left + side); column++) {
          batch[start + (channel * size + row) * size + column] = 0f;
        }
      }
    }
  }
}
