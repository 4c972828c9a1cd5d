package dev.espalier.activities.report;

import dev.espalier.activities.report.Chart.Point;
import dev.espalier.activities.report.Chart.Series;
import dev.espalier.activities.report.PruningFindings.Tabulated;
import dev.espalier.activities.report.ReportModel.Trained;
import dev.espalier.search.statistics.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How good the found architecture is, beside random ones trained the same way. */
final class AccuracySection {

  /** Mean and deviation (n-1) of the architectures that were drawn at random. */
  record Comparison(
      int count,
      double validationMean,
      double validationDeviation,
      double testMean,
      double testDeviation) {}

  private AccuracySection() {}

  static Optional<Comparison> comparison(List<Trained> trained) {
    double[] validation = others(trained, Trained::validationAccuracy);
    double[] test = others(trained, Trained::testAccuracy);
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
      List<Trained> trained, Function<Trained, @Nullable Double> accuracy) {
    return trained.stream()
        .filter(each -> !each.isFound())
        .map(accuracy)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double deviation(double[] values) {
    return values.length < 2 ? 0 : Statistics.standardDeviation(values);
  }

  static String of(PruningFindings findings) {
    if (findings.trained().isEmpty() && findings.tabulated().isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>Accuracy</h2>\n");
    if (!findings.trained().isEmpty()) {
      trained(html, findings.trained());
    }
    if (!findings.tabulated().isEmpty()) {
      tabulated(html, findings.tabulated());
    }
    return html.append("</section>\n").toString();
  }

  private static void trained(StringBuilder html, List<Trained> trained) {
    html.append(
            "<p class=\"muted\">Every architecture was trained from scratch by the same recipe.")
        .append(" Test images were looked at only here.</p>\n<table>\n<tr><th></th>")
        .append("<th>architecture</th><th class=\"n\">parameters</th>")
        .append("<th class=\"n\">validation</th><th class=\"n\">test</th></tr>\n");
    for (Trained each : trained) {
      html.append(each.isFound() ? "<tr class=\"chosen\"><th>" : "<tr><th>")
          .append(Html.text(each.role()))
          .append("</th><td><code>")
          .append(Html.text(each.architecture()))
          .append("</code></td><td class=\"n\">")
          .append(Figures.large(each.parameters()))
          .append("</td><td class=\"n\">")
          .append(percent(each.validationAccuracy()))
          .append("</td><td class=\"n\">")
          .append(percent(each.testAccuracy()))
          .append("</td></tr>\n");
    }
    comparison(trained)
        .ifPresent(random ->
            html.append("<tr class=\"sum\"><th>random</th><td>mean ± deviation of ")
                .append(random.count())
                .append("</td><td></td><td class=\"n\">")
                .append(Figures.percent(random.validationMean(), random.validationDeviation()))
                .append("</td><td class=\"n\">")
                .append(Figures.percent(random.testMean(), random.testDeviation()))
                .append("</td></tr>\n"));
    html.append("</table>\n<div class=\"charts\">\n")
        .append(ranking(trained))
        .append(learning(trained))
        .append("</div>\n");
  }

  /** Test accuracies in order, so that one sees where the found one stands. */
  private static String ranking(List<Trained> trained) {
    List<Trained> order =
        trained.stream()
            .filter(each -> each.testAccuracy() != null)
            .sorted(Comparator.comparingDouble(AccuracySection::test))
            .toList();
    List<Point> others = new ArrayList<>();
    List<Point> found = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      Trained each = order.get(i);
      double percent = 100 * test(each);
      (each.isFound() ? found : others)
          .add(
              new Point(
                  i + 1.0,
                  percent,
                  "%s: %s, %s"
                      .formatted(each.role(), Figures.percent(test(each)), each.architecture())));
    }
    return order.size() < 2
        ? ""
        : Chart.draw(
            "Test accuracy, from the lowest to the highest",
            "place",
            "accuracy (%)",
            List.of(
                new Series("random", "other", false, others),
                new Series("found", "found", false, found)));
  }

  private static double test(Trained trained) {
    return Objects.requireNonNull(trained.testAccuracy());
  }

  /** The learning curves, that of the found one on top. */
  static String learning(List<Trained> trained) {
    return curves(
            "Validation accuracy while training",
            "accuracy (%)",
            trained,
            each -> scaled(each.validation(), 100))
        + curves("Training loss", "loss", trained, each -> scaled(each.loss(), 1));
  }

  private static String curves(
      String title, String vertical, List<Trained> trained, Function<Trained, List<Point>> curve) {
    List<Series> others = new ArrayList<>();
    List<Series> found = new ArrayList<>();
    for (Trained each : trained) {
      (each.isFound() ? found : others)
          .add(
              new Series(each.role(), each.isFound() ? "found" : "other", true, curve.apply(each)));
    }
    others.addAll(found); // the found one is drawn last, on top
    return Chart.draw(title, "epoch", vertical, others);
  }

  private static List<Point> scaled(List<ReportModel.Point> points, double factor) {
    return points.stream()
        .map(point ->
            new Point(point.x(), factor * point.y(), Figures.significant(factor * point.y())))
        .toList();
  }

  static String percent(@Nullable Double ratio) {
    return ratio == null ? "diverged" : Figures.percent(ratio);
  }

  private static void tabulated(StringBuilder html, List<Tabulated> tabulated) {
    html.append("<h3>From the imported table</h3>\n<table>\n<tr><th>table</th><th>column</th>")
        .append("<th class=\"n\">accuracy of the cell</th></tr>\n");
    for (Tabulated each : tabulated) {
      html.append("<tr><td>")
          .append(Html.text(each.table()))
          .append("</td><td><code>")
          .append(Html.text(each.column()))
          .append("</code></td><td class=\"n\">")
          .append(Figures.percent(each.accuracy()))
          .append("</td></tr>\n");
    }
    html.append("</table>\n");
  }
}
