package dev.espalier.activities.report;

import dev.espalier.activities.report.ReportModel.Trained;
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

  static Finals of(List<Trained> trained) {
    return new Finals(
        mean(trained.stream().filter(Trained::isFound).toList()),
        mean(trained.stream().filter(each -> !each.isFound()).toList()));
  }

  private static Optional<Mean> mean(List<Trained> trained) {
    double[] test = values(trained, Trained::testAccuracy);
    return test.length == 0
        ? Optional.empty()
        : Optional.of(new Mean(values(trained, Trained::validationAccuracy), test));
  }

  private static double[] values(
      List<Trained> trained, Function<Trained, @Nullable Double> accuracy) {
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
      return spread(validations);
    }

    String test() {
      return spread(tests);
    }

    double meanValidation() {
      return Statistics.mean(validations);
    }

    /** {@code 1 training}, {@code 3 trainings}. */
    String count() {
      return tests.length == 1 ? "1 training" : tests.length + " trainings";
    }

    private static String spread(double[] values) {
      double mean = Statistics.mean(values);
      return values.length == 1
          ? Figures.percent(mean)
          : Figures.percent(mean, Statistics.standardDeviation(values));
    }
  }
}
