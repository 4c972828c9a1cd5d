package dev.espalier.learning.predictor;

import java.util.List;

/**
 * A linear model on what a layer's sum is made of and some graph networks, each with another inner
 * validation part: they err differently.
 */
final class Members {
  /**
   * Of the linear model, chosen on the first 250 published architectures; the others share the
   * rest.
   */
  private static final double LINEAR_WEIGHT = 0.7;

  private Members() {}

  /** The families of the members of a kind of predictor, in the order of fitting. */
  static List<String> families(PredictorRecipe recipe) {
    return switch (recipe.kind()) {
      case "gnn" -> List.of(GraphModel.FAMILY);
      case "mlp" -> List.of(PlainModel.FAMILY);
      case "forest" -> List.of(ForestModel.FAMILY);
      case "ensemble" -> {
        List<String> families = new java.util.ArrayList<>(List.of(LinearModel.FAMILY));
        for (int i = 0; i < recipe.members(); i++) {
          families.add(GraphModel.FAMILY);
        }
        yield families;
      }
      default -> throw new IllegalStateException("a recipe checks its kind: " + recipe.kind());
    };
  }

  /** What each member counts; together 1. */
  static double[] weights(List<String> families) {
    double[] weights = new double[families.size()];
    boolean linear = families.size() > 1 && families.contains(LinearModel.FAMILY);
    for (int i = 0; i < weights.length; i++) {
      weights[i] =
          !linear
              ? 1.0 / weights.length
              : families.get(i).equals(LinearModel.FAMILY)
                  ? LINEAR_WEIGHT
                  : (1 - LINEAR_WEIGHT) / (weights.length - 1);
    }
    return weights;
  }
}
