package dev.espalier.learning.predictor;

/** What the standard deviation of a predictor's estimates is made of. */
public enum Uncertainty {
  /** Nothing: a single network says one number, and the deviation is 0. */
  UNKNOWN,
  /**
   * The spread of the members of an ensemble, each by its weight, and of each what it says itself.
   */
  MEMBERS,
  /** The spread of the trees of a forest. */
  TREES,
  /** A posterior distribution: how far from the mean a measurement may be. */
  POSTERIOR
}
