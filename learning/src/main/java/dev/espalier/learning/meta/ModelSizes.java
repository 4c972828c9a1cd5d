package dev.espalier.learning.meta;

import dev.espalier.search.failure.InvalidInput;

/**
 * The sizes of a model.
 *
 * @param width features of an image; 0 for a predictor that reads graphs alone
 * @param latent of a class, a set and a graph; a multiple of the 4 heads of attention
 * @param hidden states of a vertex
 */
public record ModelSizes(int width, int latent, int hidden) {
  /** Heads of every attention. */
  static final int HEADS = 4;

  /** The published generator's. */
  public static final ModelSizes GENERATOR = new ModelSizes(512, 56, 56);

  /** The published predictor's. */
  public static final ModelSizes PREDICTOR = new ModelSizes(512, 56, 512);

  public ModelSizes {
    if (width < 0 || latent < HEADS || latent % HEADS != 0 || hidden < 1) {
      throw new InvalidInput(
          ("a model of MetaD2A has features of width 0 or more, a latent size that is a multiple of"
                  + " %d, and hidden states of size 1 or more, but width %d, latent %d and hidden"
                  + " %d were given")
              .formatted(HEADS, width, latent, hidden));
    }
  }

  /** Whether it reads images. */
  boolean readsSets() {
    return width > 0;
  }
}
