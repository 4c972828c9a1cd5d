package dev.espalier.learning.data;

import dev.espalier.search.failure.InvalidInput;

/** The shape of one image: channels, rows, columns. */
public record ImageShape(int channels, int height, int width) {
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new InvalidInput(
          "an image has at least one channel, row and column, but was %d x %d x %d"
              .formatted(channels, height, width));
    }
  }

  /** Bytes of one image. */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(channels, height), width);
  }

  /** Bytes of one channel. */
  public int plane() {
    return height * width;
  }

  @Override
  public String toString() {
    return channels + " x " + height + " x " + width;
  }
}
