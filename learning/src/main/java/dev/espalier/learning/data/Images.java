package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Labelled images of one shape: unsigned bytes {@code [n, c, h, w]} with a class number each.
 *
 * <p>Immutable by agreement: the arrays are taken over, not copied (a data set is hundreds of
 * megabytes), and no method gives them out.
 */
public final class Images {
  /** Labels are stored in two bytes. */
  static final int MAXIMUM_CLASSES = 65_536;

  /** One part is one array of bytes. */
  static final long MAXIMUM_BYTES = Integer.MAX_VALUE - 64;

  private final ImageShape shape;
  private final byte[] pixels; // [n, c, h, w]
  private final int[] labels; // [n]

  /**
   * Takes over the two arrays.
   *
   * @param pixels {@code [n, c, h, w]}, unsigned
   * @param labels {@code [n]}
   */
  public Images(ImageShape shape, byte[] pixels, int[] labels) {
    if ((long) labels.length * shape.size() != pixels.length) {
      throw new InvalidInput(
          "%,d images of %s need %,d bytes, but there are %,d"
              .formatted(labels.length, shape, (long) labels.length * shape.size(), pixels.length));
    }
    for (int label : labels) {
      if (label < 0 || label >= MAXIMUM_CLASSES) {
        throw new InvalidInput(
            "a label must be between 0 and %,d, but was %d".formatted(MAXIMUM_CLASSES - 1, label));
      }
    }
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
  }

  public int count() {
    return labels.length;
  }

  public ImageShape shape() {
    return shape;
  }

  /** The class number of an image. */
  public int label(int image) {
    return labels[image];
  }

  /** One pixel, 0 to 255. */
  public int pixel(int image, int channel, int row, int column) {
    return pixels[
            ((image * shape.channels() + channel) * shape.height() + row) * shape.width() + column]
        & 0xff;
  }

  /** A copy of one image, {@code [c, h, w]}. */
  public byte[] copyOf(int image) {
    return Arrays.copyOfRange(pixels, image * shape.size(), (image + 1) * shape.size());
  }

  /** The bytes of one image, {@code [c, h, w]}, to be read and compared. */
  ByteBuffer bytes(int image) {
    return ByteBuffer.wrap(pixels, image * shape.size(), shape.size()).slice().asReadOnlyBuffer();
  }

  /** How many images each of {@code classes} classes has. */
  public int[] classCounts(int classes) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /** The images of the given numbers, in that order. */
  public Images select(int[] images) {
    byte[] chosen = new byte[Math.multiplyExact(images.length, shape.size())];
    int[] chosenLabels = new int[images.length];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(pixels, images[i] * shape.size(), chosen, i * shape.size(), shape.size());
      chosenLabels[i] = labels[images[i]];
    }
    return new Images(shape, chosen, chosenLabels);
  }

  /**
   * The images of some classes, under other labels, in their order.
   *
   * @param newLabels by label; negative for a class that is left out
   */
  Images ofClasses(int[] newLabels) {
    int[] chosen =
        IntStream.range(0, labels.length).filter(image -> newLabels[labels[image]] >= 0).toArray();
    Images some = select(chosen);
    Arrays.setAll(some.labels, i -> newLabels[some.labels[i]]);
    return some;
  }

  int highestLabel() {
    return Arrays.stream(labels).max().orElse(-1);
  }

  /** The bytes themselves; only this package reads them, and never writes. */
  byte[] pixels() {
    return pixels;
  }

  /** Labels as big-endian 16-bit numbers, then all pixels. */
  void writeTo(OutputStream out) throws IOException {
    byte[] encoded = new byte[2 * labels.length];
    for (int i = 0; i < labels.length; i++) {
      encoded[2 * i] = (byte) (labels[i] >>> 8);
      encoded[2 * i + 1] = (byte) labels[i];
    }
    out.write(encoded);
    out.write(pixels);
  }
}
