package dev.espalier.api.method.tenas;

import dev.espalier.api.method.tenas.TeNasFindings.Found;
import dev.espalier.api.method.tenas.TeNasFindings.TableAccuracy;
import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.report.Figures;
import dev.espalier.api.report.LearningCurves;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.TrainingView;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How good the found architecture is, beside random ones trained the same way.
 *
 * @param table the name of the imported table
 * @param tabulated what it says of the found architecture
 */
record AccuracySection(List<TrainingView> trained, String table, List<TableAccuracy> tabulated) {

  /** Mean and deviation (n-1) of the architectures that were drawn at random. */
  record Comparison(
      int count,
      double validationMean,
      double validationDeviation,
      double testMean,
      double testDeviation) {}

  AccuracySection {
    trained = List.copyOf(trained);
    tabulated = List.copyOf(tabulated);
  }

  static Optional<Comparison> comparison(List<TrainingView> trained) {
    double[] validation = others(trained, TrainingView::validationAccuracy);
    double[] test = others(trained, TrainingView::testAccuracy);
    return test.length == 0
        ? Optional.empty()
        : Optional.of(
            new Comparison(
                test.length,
                Statistics.mean(validation),
                deviation(validation),
                Statistics.mean(test),
                deviation(test)));
  }

  private static double[] others(
      List<TrainingView> trained, Function<TrainingView, @Nullable Double> accuracy) {
    return trained.stream()
        .filter(each -> !each.ofFound())
        .map(accuracy)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double deviation(double[] values) {
    return values.length < 2 ? 0 : Statistics.standardDeviation(values);
  }

  static AccuracySection of(ExperimentView view, TeNasFindings findings) {
    Found found = findings.found();
    return new AccuracySection(
        findings.trainings(),
        view.specification().at("/evaluation/table").asText(),
        found == null ? List.of() : found.table());
  }

  boolean isEmpty() {
    return trained.isEmpty() && tabulated.isEmpty();
  }

  Optional<Comparison> comparison() {
    return comparison(trained);
  }

  List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    charts.add(ranking(trained));
    charts.addAll(LearningCurves.of(trained));
    return charts;
  }

  /** Test accuracies in order, so that one sees where the found one stands. */
  private static Chart ranking(List<TrainingView> trained) {
    List<TrainingView> order =
        trained.stream()
            .filter(each -> each.testAccuracy() != null)
            .sorted(Comparator.comparingDouble(AccuracySection::test))
            .toList();
    List<Point> others = new ArrayList<>();
    List<Point> found = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      TrainingView each = order.get(i);
      double percent = 100 * test(each);
      (each.ofFound() ? found : others)
          .add(
              new Point(
                  i + 1.0,
                  percent,
                  "%s: %s, %s"
                      .formatted(each.role(), Figures.percent(test(each)), each.architecture())));
    }
    return new Chart(
        "Test accuracy, from the lowest to the highest",
        "place",
        "accuracy (%)",
        order.size() < 2
            ? List.of()
            : List.of(
                new Series("random", "other", false, others),
                new Series("found", "found", false, found)));
  }

  private static double test(TrainingView trained) {
    return Objects.requireNonNull(trained.testAccuracy());
  }
}
