package dev.espalier.learning.predictor;

import java.util.List;

/**
 * What a Gaussian process goes by.
 *
 * @param name in saved predictors
 * @param parts what it measures distances by
 * @param oneScale whether all parts have one length scale; else each has its own
 */
record ProcessDesign(String name, List<Part> parts, boolean oneScale) {
  /**
   * A group of numbers.
   *
   * @param weight beside the other parts, before anything is learned
   * @param apart whether each of its numbers has a length scale of its own
   */
  record Part(FeatureGroup group, double weight, boolean apart) {
    static Part of(FeatureGroup group, double weight) {
      return new Part(group, weight, false);
    }
  }

  /**
   * One length scale for everything: places and bags of operators count a quarter of what the shape
   * of the paths and the ranks of columns do.
   */
  static final ProcessDesign PLAIN =
      new ProcessDesign(
          "gaussian-process",
          List.of(
              Part.of(FeatureGroup.PLACES, 0.25),
              Part.of(FeatureGroup.BAGS, 0.25),
              Part.of(FeatureGroup.SHAPE, 1),
              Part.of(FeatureGroup.COLUMNS, 1)),
          true);

  /** A length scale for each group. */
  static final ProcessDesign GROUPED =
      new ProcessDesign(
          "grouped-process",
          List.of(
              Part.of(FeatureGroup.PLACES, 1),
              Part.of(FeatureGroup.BAGS, 1),
              Part.of(FeatureGroup.WORDS, 1),
              Part.of(FeatureGroup.OPERATORS, 1),
              Part.of(FeatureGroup.SHAPE, 1),
              Part.of(FeatureGroup.COLUMNS, 1)),
          false);

  /** A length scale for each number of the shape, beside the groups; of the graph alone. */
  static final ProcessDesign DETAILED =
      new ProcessDesign(
          "detailed-process",
          List.of(
              Part.of(FeatureGroup.PLACES, 1),
              Part.of(FeatureGroup.BAGS, 1),
              Part.of(FeatureGroup.WORDS, 1),
              Part.of(FeatureGroup.OPERATORS, 1),
              new Part(FeatureGroup.SHAPE, 1, true)),
          false);

  /** The shape of the paths alone, wherever they run. */
  static final ProcessDesign SHAPED =
      new ProcessDesign(
          "shaped-process",
          List.of(Part.of(FeatureGroup.SHAPE, 1), Part.of(FeatureGroup.COLUMNS, 1)),
          false);

  ProcessDesign {
    parts = List.copyOf(parts);
  }
}
