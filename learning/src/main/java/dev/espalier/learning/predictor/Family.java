package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Models of one form: how one is fitted, and made again from its arrays.
 *
 * @param name in saved predictors
 */
record Family(String name, Fitting fitting, Restoring restoring) {
  /** How a model is fitted. */
  @FunctionalInterface
  interface Fitting {
    /**
     * @param random the stream of a purpose
     */
    Start start(FitRows rows, PredictorRecipe recipe, Function<String, RandomStream> random);
  }

  /** How a model is made from its arrays. */
  @FunctionalInterface
  interface Restoring {
    Model restore(GraphLayout layout, Map<String, NamedArray> arrays);
  }

  /** A fit that is about to begin. */
  sealed interface Start {
    /** By steps, with the network's first weights. */
    record BySteps(PredictorNetwork network) implements Start {}

    /** Without steps. */
    record AtOnce(Supplier<Model> fit) implements Start {}
  }

  /** The family of this name, among those of all kinds of predictors. */
  static Family named(String name) {
    return Arrays.stream(PredictorKind.values())
        .flatMap(kind -> kind.families().stream())
        .filter(family -> family.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new InvalidInput("a predictor has no member of kind %s".formatted(name)));
  }
}
