package dev.espalier.learning.predictor;

/** What the standard deviation of a predictor's estimates is made of. */
public enum Uncertainty {
  /** Nothing: a single network says one number, and the deviation is 0. */
  UNKNOWN,
  /** The spread of the members of an ensemble, each by its weight. */
  MEMBERS,
  /** The spread of the trees of a forest. */
  TREES
}
