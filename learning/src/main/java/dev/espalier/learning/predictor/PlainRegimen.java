package dev.espalier.learning.predictor;

import java.util.List;
import java.util.stream.IntStream;

/** Adam at one rate, all rows in their fixed order. */
record PlainRegimen(PredictorRecipe recipe) implements Regimen {
  @Override
  public RowDescent descent(List<Matrix> matrices) {
    return new RowAdam(matrices, recipe.learningRate());
  }

  @Override
  public double rate(int epoch) {
    return recipe.learningRate();
  }

  @Override
  public int batch(int rows) {
    return recipe.batch();
  }

  @Override
  public int stepsPerEpoch(int rows) {
    return Math.ceilDiv(rows, recipe.batch());
  }

  @Override
  public int[] order(int epoch, int rows) {
    return IntStream.range(0, rows).toArray();
  }
}
