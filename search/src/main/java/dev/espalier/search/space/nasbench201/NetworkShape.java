package dev.espalier.search.space.nasbench201;

import dev.espalier.search.failure.InvalidInput;

/**
 * The size of the network around the cells: stem, three stages of cells with a residual block of
 * stride 2 between them, batch norm, global average, linear layer.
 *
 * @param channels of the first stage (C); doubled by each residual block
 * @param cellsPerStage N
 * @param imageSize height and width in pixels, a multiple of 4, since it is halved twice
 */
public record NetworkShape(
    int channels, int cellsPerStage, int classes, int imageSize, int imageChannels) {
  /** The benchmark's network for CIFAR-10. */
  public static final NetworkShape STANDARD = new NetworkShape(16, 5, 10, 32, 3);

  public NetworkShape {
    positive("channels", channels);
    positive("cellsPerStage", cellsPerStage);
    positive("classes", classes);
    positive("imageSize", imageSize);
    positive("imageChannels", imageChannels);
    if (imageSize % 4 != 0) {
      throw new InvalidInput(
          "imageSize must be a multiple of 4 (it is halved twice), but was " + imageSize);
    }
  }

  /** This network for data of so many classes. */
  public NetworkShape withClasses(int others) {
    return new NetworkShape(channels, cellsPerStage, others, imageSize, imageChannels);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new InvalidInput("%s must be at least 1, but was %d".formatted(name, value));
    }
  }
}
