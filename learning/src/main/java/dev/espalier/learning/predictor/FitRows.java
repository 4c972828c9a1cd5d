package dev.espalier.learning.predictor;

import java.util.List;

/** What a model is fitted to: encoded architectures and the accuracy of each, a ratio. */
final class FitRows {
  private final GraphLayout layout;
  private final List<EncodedArchitecture> architectures;
  private final double[] accuracies;

  FitRows(GraphLayout layout, List<EncodedArchitecture> architectures, double... accuracies) {
    this.layout = layout;
    this.architectures = List.copyOf(architectures);
    this.accuracies = accuracies.clone();
  }

  GraphLayout layout() {
    return layout;
  }

  List<EncodedArchitecture> architectures() {
    return architectures;
  }

  /** Not a copy. */
  double[] accuracies() {
    return accuracies;
  }

  int size() {
    return accuracies.length;
  }
}
