package dev.espalier.learning.meta;

/**
 * Where the rate of a meta-training stands (PyTorch's {@code ReduceLROnPlateau}).
 *
 * @param rate of the present epoch
 * @param best the least loss of an epoch so far
 * @param stale epochs since then, or since the rate fell
 */
record Plateau(double rate, double best, int stale) {
  /** A loss is better that is less by this part. */
  private static final double THRESHOLD = 1e-4;

  /** A rate does not fall by less than this. */
  private static final double LEAST_FALL = 1e-8;

  static Plateau start(MetaRecipe recipe) {
    return new Plateau(recipe.learningRate(), Double.NaN, 0);
  }

  Plateau after(double loss, MetaRecipe recipe) {
    if (Double.isNaN(best) || loss < best * (1 - THRESHOLD)) {
      return new Plateau(rate, loss, 0);
    }
    if (stale < recipe.patience()) {
      return new Plateau(rate, best, stale + 1);
    }
    double lower = rate * recipe.factor();
    return new Plateau(rate - lower > LEAST_FALL ? lower : rate, best, 0);
  }
}
