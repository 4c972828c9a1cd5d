package dev.espalier.learning.predictor;

import dev.espalier.learning.predictor.structure.Structure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers of an architecture that belong together: sparse vectors, see {@link Structure}. */
enum FeatureGroup {
  PLACES,
  WORDS,
  BAGS,
  OPERATORS,
  SHAPE,
  /** The columns beside the graph; by their rank among those that are fitted to. */
  COLUMNS;

  /** By key; what has no key is 0. */
  Map<List<Integer>, Double> vector(EncodedArchitecture architecture) {
    return switch (this) {
      case PLACES -> architecture.structure().places();
      case WORDS -> architecture.structure().words();
      case BAGS -> architecture.structure().bags();
      case OPERATORS -> architecture.structure().operators();
      case SHAPE -> architecture.structure().shape();
      case COLUMNS -> columns(architecture.columns());
    };
  }

  private static Map<List<Integer>, Double> columns(float... columns) {
    Map<List<Integer>, Double> vector = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      vector.put(List.of(i), (double) columns[i]);
    }
    return vector;
  }
}
