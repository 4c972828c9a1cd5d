package dev.espalier.learning.predictor;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import java.util.ArrayList;
import java.util.List;

/** Architectures whose accuracy was measured, in the order in which they are trained on. */
public final class TrainingRows {
  private final List<Architecture> architectures;
  private final double[] accuracies;
  private final Columns columns;

  /**
   * @param accuracies of each architecture, a ratio in [0, 1]
   */
  public TrainingRows(List<? extends Architecture> architectures, double[] accuracies) {
    this(architectures, accuracies, Columns.NONE);
  }

  private TrainingRows(
      List<? extends Architecture> architectures, double[] accuracies, Columns columns) {
    this.columns = columns;
    this.architectures = List.copyOf(architectures);
    this.accuracies = accuracies.clone();
    List<String> problems = new ArrayList<>();
    if (architectures.size() < 2) {
      problems.add(
          "a predictor needs at least 2 trained architectures, but got " + architectures.size());
    }
    if (architectures.size() != accuracies.length) {
      problems.add(
          "every architecture needs one accuracy, but there are %d architectures and %d accuracies"
              .formatted(architectures.size(), accuracies.length));
    }
    for (int i = 0; i < accuracies.length; i++) {
      if (!(accuracies[i] >= 0 && accuracies[i] <= 1)) {
        problems.add(
            "accuracy %d is %s: expected a ratio between 0 and 1, not percent"
                .formatted(i, accuracies[i]));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }

  /** The same with what is known of the architectures beside their graphs. */
  public TrainingRows with(Columns known) {
    return new TrainingRows(architectures, accuracies, known);
  }

  public Columns columns() {
    return columns;
  }

  public List<Architecture> architectures() {
    return architectures;
  }

  /** A copy. */
  public double[] accuracies() {
    return accuracies.clone();
  }

  public int size() {
    return accuracies.length;
  }

  /** The rows at these positions, in this order. */
  public TrainingRows select(int... rows) {
    List<Architecture> chosen = new ArrayList<>(rows.length);
    double[] values = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen.add(architectures.get(rows[i]));
      values[i] = accuracies[rows[i]];
    }
    return new TrainingRows(chosen, values, columns);
  }
}
