package dev.espalier.api.method.tenas;

import static org.apache.commons.text.StringEscapeUtils.escapeXml11;

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

  static String of(ExperimentView view, TeNasFindings findings) {
    Found found = findings.found();
    List<TableAccuracy> tabulated = found == null ? List.of() : found.table();
    if (findings.trainings().isEmpty() && tabulated.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>Accuracy</h2>\n");
    if (!findings.trainings().isEmpty()) {
      trained(html, findings.trainings());
    }
    if (!tabulated.isEmpty()) {
      tabulated(html, view.specification().at("/evaluation/table").asText(), tabulated);
    }
    return html.append("</section>\n").toString();
  }

  private static void trained(StringBuilder html, List<TrainingView> trained) {
    html.append(
            "<p class=\"muted\">Every architecture was trained from scratch by the same recipe.")
        .append(" Test images were looked at only here.</p>\n<table>\n<tr><th></th>")
        .append("<th>architecture</th><th class=\"n\">parameters</th>")
        .append("<th class=\"n\">validation</th><th class=\"n\">test</th></tr>\n");
    for (TrainingView each : trained) {
      html.append(each.ofFound() ? "<tr class=\"chosen\"><th>" : "<tr><th>")
          .append(escapeXml11(each.role()))
          .append("</th><td><code>")
          .append(escapeXml11(each.architecture()))
          .append("</code></td><td class=\"n\">")
          .append(Figures.large(each.parameters()))
          .append("</td><td class=\"n\">")
          .append(Figures.accuracy(each.validationAccuracy()))
          .append("</td><td class=\"n\">")
          .append(Figures.accuracy(each.testAccuracy()))
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
        .append(LearningCurves.of(trained))
        .append("</div>\n");
  }

  /** Test accuracies in order, so that one sees where the found one stands. */
  private static String ranking(List<TrainingView> trained) {
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

  private static double test(TrainingView trained) {
    return Objects.requireNonNull(trained.testAccuracy());
  }

  private static void tabulated(StringBuilder html, String table, List<TableAccuracy> tabulated) {
    html.append("<h3>From the imported table</h3>\n<table>\n<tr><th>table</th><th>column</th>")
        .append("<th class=\"n\">accuracy of the cell</th></tr>\n");
    for (TableAccuracy each : tabulated) {
      html.append("<tr><td>")
          .append(escapeXml11(table))
          .append("</td><td><code>")
          .append(escapeXml11(each.column()))
          .append("</code></td><td class=\"n\">")
          .append(Figures.percent(each.accuracy()))
          .append("</td></tr>\n");
    }
    html.append("</table>\n");
  }
}
