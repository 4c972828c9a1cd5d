package dev.espalier.learning.indicator;

import dev.espalier.search.failure.InvalidInput;

/** How faithful the search is to the published program. */
enum Mode {
  /** Weights are redrawn for each repeat; candidates share weights and images. */
  EXACT,
  /** One set of weights for a round; each candidate and repeat has images of its own. */
  REFERENCE;

  static Mode of(String name) {
    return switch (name) {
      case "exact" -> EXACT;
      case "reference" -> REFERENCE;
      default -> throw new InvalidInput("search.mode cannot be " + name);
    };
  }
}
