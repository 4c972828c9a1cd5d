package dev.espalier.learning.meta;

import dev.espalier.search.failure.InvalidInput;

/**
 * How a model is meta-trained: Adam, and a rate that falls where the training loss stands still
 * (PyTorch's {@code ReduceLROnPlateau} with a threshold of 1e-4).
 *
 * @param batch rows of a step
 * @param learningRate of the first epoch
 * @param factor what the rate is multiplied with when it falls
 * @param patience epochs that the loss may stand still before
 */
public record MetaRecipe(int epochs, int batch, double learningRate, double factor, int patience) {
  /** The published settings. */
  public static final MetaRecipe PUBLISHED = new MetaRecipe(400, 32, 1e-4, 0.1, 10);

  public MetaRecipe {
    if (epochs < 1
        || batch < 1
        || !(learningRate > 0 && learningRate <= 1)
        || !(factor > 0 && factor <= 1)
        || patience < 0) {
      throw new InvalidInput(
          ("a meta-training needs 1 epoch or more, batches of 1 or more, a learning rate and a factor"
                  + " above 0 and up to 1, and a patience of 0 or more, but was given epochs %d, batch"
                  + " %d, learningRate %s, factor %s, patience %d. Published are 400, 32, 0.0001, 0.1"
                  + " and 10")
              .formatted(epochs, batch, learningRate, factor, patience));
    }
  }
}
