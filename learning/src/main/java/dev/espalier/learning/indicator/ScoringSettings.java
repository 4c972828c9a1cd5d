package dev.espalier.learning.indicator;

import dev.espalier.search.failure.InvalidInput;

/**
 * The network that passes and gradients are taken of, and what goes through it. NTK and regions
 * have networks of their own.
 *
 * @param channels of the first stage (C)
 * @param cells of each stage (N); of genotypes, of the whole network
 * @param batch images of one pass
 * @param imageSize height and width in pixels
 */
public record ScoringSettings(int channels, int cells, int batch, int imageSize) {
  /**
   * Channels, cells and batch as in the literature, but images of half the size: a value costs a
   * quarter and ranks alike. Fewer cells would not do: with one a stage, at the same cost, snip and
   * grad-norm rank otherwise than published (0.55 and 0.46 against 0.98, docs/indicators.md).
   */
  public static final ScoringSettings DEFAULT = new ScoringSettings(16, 5, 64, 16);

  /**
   * Of genotypes: the channels and cells of the network that DARTS searches (Liu, Simonyan and
   * Yang, ICLR 2019), as many images as of {@link #DEFAULT}.
   */
  public static final ScoringSettings DARTS = new ScoringSettings(16, 8, 64, 16);

  public ScoringSettings {
    if (channels < 1 || cells < 1 || imageSize < 4) {
      throw new InvalidInput(
          ("the scored network needs at least 1 channel, 1 cell and 4 pixels a side, but got channels "
                  + "%d, cells %d, image size %d")
              .formatted(channels, cells, imageSize));
    }
    if (batch < 2) {
      throw new InvalidInput(
          "the scored network needs at least 2 images, since images are compared, but batch was %d"
              .formatted(batch));
    }
  }
}
