package dev.espalier.api.method.evolution;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.TrainingView;
import dev.espalier.search.statistics.Statistics;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The final trainings, those of the winner and those of the others taken together; empty where none
 * has an accuracy.
 */
record Finals(Optional<Mean> found, Optional<Mean> random) {

  static Finals of(List<TrainingView> trained) {
    return new Finals(
        mean(trained.stream().filter(TrainingView::ofFound).toList()),
        mean(trained.stream().filter(each -> !each.ofFound()).toList()));
  }

  private static Optional<Mean> mean(List<TrainingView> trained) {
    double[] test = values(trained, TrainingView::testAccuracy);
    return test.length == 0
        ? Optional.empty()
        : Optional.of(new Mean(values(trained, TrainingView::validationAccuracy), test));
  }

  private static double[] values(
      List<TrainingView> trained, Function<TrainingView, @Nullable Double> accuracy) {
    return trained.stream()
        .map(accuracy)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  /** Means and deviations (n-1) as people read them. */
  static final class Mean {
    private final double[] validations;
    private final double[] tests;

    private Mean(double[] validations, double[] tests) {
      this.validations = validations;
      this.tests = tests;
    }

    String validation() {
      return Figures.spread(validations);
    }

    String test() {
      return Figures.spread(tests);
    }

    double meanValidation() {
      return Statistics.mean(validations);
    }

    /** {@code 1 training}, {@code 3 trainings}. */
    String count() {
      return tests.length == 1 ? "1 training" : tests.length + " trainings";
    }
  }
}
