package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;

/**
 * How images come to the square size a network wants: zero padding to the wanted size times a power
 * of two, then that many averages of 2x2 pixels, each rounded half up to a byte.
 *
 * <p>So CIFAR's 32 becomes 16 by one averaging (ImageNet16-120 was made in this spirit), and
 * MNIST's 28 becomes 32 by two black pixels on every side, as is usual for that data, and 16 by
 * averaging those. Padding is limited to a fifth of the larger side; what would need more, such as
 * 8 out of 50, becomes {@link AreaMean means of areas} of its middle square instead.
 */
record Resizing(ImageShape from, int size, int padded, int halvings) {
  static Resizing of(ImageShape from, int size) {
    if (size < 1) {
      throw new InvalidInput("image size must be at least 1, but was " + size);
    }
    int padded = size;
    int halvings = 0;
    while (padded < Math.max(from.height(), from.width())) {
      padded *= 2;
      halvings++;
    }
    return new Resizing(from, size, padded, halvings);
  }

  /** Whether little padding and averages of 2x2 pixels are enough. */
  boolean isPlain() {
    int larger = Math.max(from.height(), from.width());
    int smaller = Math.min(from.height(), from.width());
    return padded - smaller <= larger / 5;
  }

  /** The images {@code [n, c, size, size]}; the same object where nothing has to change. */
  Images apply(Images images) {
    if (halvings == 0 && from.height() == size && from.width() == size) {
      return images;
    }
    ImageShape shape = new ImageShape(from.channels(), size, size);
    byte[] result = new byte[Math.multiplyExact(images.count(), shape.size())];
    int[] labels = new int[images.count()];
    byte[] plane = new byte[isPlain() ? padded * padded : 0];
    for (int image = 0; image < images.count(); image++) {
      labels[image] = images.label(image);
      for (int channel = 0; channel < from.channels(); channel++) {
        int start = image * from.size() + channel * from.plane();
        int target = image * shape.size() + channel * shape.plane();
        if (isPlain()) {
          halved(images.pixels(), start, plane);
          System.arraycopy(plane, 0, result, target, shape.plane());
        } else {
          mean(images.pixels(), start, result, target);
        }
      }
    }
    return new Images(shape, result, labels);
  }

  private void halved(byte[] pixels, int start, byte[] plane) {
    pad(pixels, start, plane);
    int side = padded;
    for (int i = 0; i < halvings; i++) {
      side = halve(plane, side);
    }
  }

  private void mean(byte[] pixels, int start, byte[] result, int target) {
    int side = Math.min(from.height(), from.width());
    int top = (from.height() - side) / 2;
    int left = (from.width() - side) / 2;
    AreaMean square = new AreaMean(side, size);
    for (int row = 0; row < side; row++) {
      square.row(row, pixels, start + (top + row) * from.width() + left);
    }
    square.writeTo(result, target);
  }

  private void pad(byte[] pixels, int start, byte[] plane) {
    Arrays.fill(plane, (byte) 0);
    int top = (padded - from.height()) / 2;
    int left = (padded - from.width()) / 2;
    for (int row = 0; row < from.height(); row++) {
      System.arraycopy(
          pixels, start + row * from.width(), plane, (top + row) * padded + left, from.width());
    }
  }

  /** Averages 2x2 in place; returns the new side. Reading runs ahead of writing. */
  private static int halve(byte[] plane, int side) {
    int half = side / 2;
    for (int row = 0; row < half; row++) {
      for (int column = 0; column < half; column++) {
        int at = 2 * row * side + 2 * column;
        int sum =
            (plane[at] & 0xff)
                + (plane[at + 1] & 0xff)
                + (plane[at + side] & 0xff)
                + (plane[at + side + 1] & 0xff);
        plane[row * half + column] = (byte) ((sum + 2) / 4);
      }
    }
    return half;
  }
}
