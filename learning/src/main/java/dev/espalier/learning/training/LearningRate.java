package dev.espalier.learning.training;

/** The learning rate of each step, counted from 0 over all epochs. */
record LearningRate(TrainingRecipe recipe, int stepsPerEpoch) {
  /*
   * The linear schedule is the one that PC-DARTS trains ImageNet networks with: in the last epochs
   * the rate falls more gently, so that it does not reach zero before the end.
   */
  private static final int GENTLE_EPOCHS = 5;

  double at(long step) {
    long epoch = step / stepsPerEpoch;
    double rate =
        switch (recipe.schedule()) {
          case COSINE -> cosine(step);
          case LINEAR -> linear(epoch);
          case STEP -> stepwise(epoch);
        };
    int warmup = recipe.refinements().warmupEpochs();
    return epoch < warmup ? rate * (epoch + 1) / warmup : rate;
  }

  /** Short trainings have no gentle end: it would be most of them. */
  private double linear(long epoch) {
    double rate = recipe.basics().learningRate();
    int gentle = recipe.epochs() > 2 * GENTLE_EPOCHS ? GENTLE_EPOCHS : 0;
    long left = recipe.epochs() - epoch;
    double steep = recipe.epochs() - gentle;
    return left > gentle ? rate * (left - gentle) / steep : rate * left / (steep * gentle);
  }

  private double cosine(long step) {
    long steps = (long) recipe.epochs() * stepsPerEpoch;
    return recipe.basics().learningRate()
        * 0.5
        * (1 + StrictMath.cos(StrictMath.PI * step / steps));
  }

  /** Multiplied one by one, as PyTorch does. */
  private double stepwise(long epoch) {
    double rate = recipe.basics().learningRate();
    for (long decays = epoch / recipe.decayEvery(); decays > 0; decays--) {
      rate *= recipe.decayFactor();
    }
    return rate;
  }
}
