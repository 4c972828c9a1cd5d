package dev.espalier.search.evolution;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;

/** The ways to search, all under one budget of evaluations. */
public enum Strategy {
  /** Crossover and mutation of the best so far, as NAS_with_GNN_predictor means it. */
  GENETIC("genetic"),
  /** Regularized (aging) evolution, Real et al. 2019, algorithm 1. */
  REGULARIZED("regularized"),
  /** Local search with restarts, White et al. 2021, algorithm 1. */
  LOCAL("local"),
  /** Architectures drawn uniformly, none twice. */
  RANDOM("random");

  private final String label;

  Strategy(String label) {
    this.label = label;
  }

  /** The name in specifications. */
  @JsonValue
  public String label() {
    return label;
  }

  Breeding breeding() {
    return switch (this) {
      case GENETIC -> new Genetic();
      case REGULARIZED -> new Regularized();
      case LOCAL -> new Local();
      case RANDOM -> new Uniform();
    };
  }

  public static List<String> labels() {
    return Arrays.stream(values()).map(Strategy::label).toList();
  }

  /**
   * The strategy of this name.
   *
   * @throws InvalidInput with the allowed ones
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Strategy labelled(String label) {
    for (Strategy strategy : values()) {
      if (strategy.label.equals(label)) {
        return strategy;
      }
    }
    throw new InvalidInput(
        "unknown strategy \"%s\": allowed is %s.%s"
            .formatted(label, String.join(", ", labels()), DidYouMean.sentence(label, labels())));
  }
}
