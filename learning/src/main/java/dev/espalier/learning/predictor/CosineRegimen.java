package dev.espalier.learning.predictor;

import dev.espalier.search.random.RandomStream;
import java.util.List;
import java.util.function.Function;

/**
 * Adam with the weights' own gradient, its rate along half a cosine down to zero, epoch by epoch,
 * on whole batches of rows in random order (Wen et al. 2020, as published).
 *
 * @param random the stream of a purpose
 */
record CosineRegimen(
    PredictorRecipe recipe, double weightDecay, Function<String, RandomStream> random)
    implements Regimen {
  @Override
  public RowDescent descent(List<Matrix> matrices) {
    return new DecayedAdam(matrices, weightDecay);
  }

  @Override
  public double rate(int epoch) {
    return recipe.learningRate()
        * 0.5
        * (1 + StrictMath.cos(StrictMath.PI * epoch / recipe.epochs()));
  }

  /** All rows where they are too few for a whole batch. */
  @Override
  public int batch(int rows) {
    return Math.min(rows, recipe.batch());
  }

  /** What is left over rests for this epoch. */
  @Override
  public int stepsPerEpoch(int rows) {
    return rows / batch(rows);
  }

  @Override
  public int[] order(int epoch, int rows) {
    return random.apply("order " + epoch).permutation(rows);
  }
}
