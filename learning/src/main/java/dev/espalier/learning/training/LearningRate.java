package dev.espalier.learning.training;

/** The learning rate of each step, counted from 0 over all epochs. */
record LearningRate(TrainingRecipe recipe, int stepsPerEpoch) {
  double at(long step) {
    return switch (recipe.schedule()) {
      case COSINE -> cosine(step);
      case STEP -> stepwise(step / stepsPerEpoch);
    };
  }

  private double cosine(long step) {
    long steps = (long) recipe.epochs() * stepsPerEpoch;
    return recipe.learningRate() * 0.5 * (1 + StrictMath.cos(StrictMath.PI * step / steps));
  }

  /** Multiplied one by one, as PyTorch does. */
  private double stepwise(long epoch) {
    double rate = recipe.learningRate();
    for (long decays = epoch / recipe.decayEvery(); decays > 0; decays--) {
      rate *= recipe.decayFactor();
    }
    return rate;
  }
}
