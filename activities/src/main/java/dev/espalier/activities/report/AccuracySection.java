package dev.espalier.activities.report;

import dev.espalier.activities.report.Chart.Point;
import dev.espalier.activities.report.Chart.Series;
import dev.espalier.activities.report.ReportModel.Tabulated;
import dev.espalier.activities.report.ReportModel.Trained;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

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
    List<Trained> others = trained.stream().filter(each -> !each.isFound()).toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Comparison(
            others.size(),
            mean(others, Trained::validationAccuracy),
            deviation(others, Trained::validationAccuracy),
            mean(others, Trained::testAccuracy),
            deviation(others, Trained::testAccuracy)));
  }

  static String of(ReportModel model) {
    if (model.trained().isEmpty() && model.tabulated().isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>Accuracy</h2>\n");
    if (!model.trained().isEmpty()) {
      trained(html, model.trained());
    }
    if (!model.tabulated().isEmpty()) {
      tabulated(html, model.tabulated());
    }
    return html.append("</section>\n").toString();
  }

  private static void trained(StringBuilder html, List<Trained> trained) {
    html.append(
            "<p class=\"muted\">Every architecture was trained from scratch by the same recipe.")
        .append(" Test images were looked at only here.</p>\n<table>\n<tr><th></th>")
        .append("<th>architecture</th><th class=\"n\">parameters</th>")
        .append("<th class=\"n\">validation</th><th class=\"n\">test</th>")
        .append("<th class=\"n\">time</th></tr>\n");
    for (Trained each : trained) {
      html.append(each.isFound() ? "<tr class=\"chosen\"><th>" : "<tr><th>")
          .append(Html.text(each.role()))
          .append("</th><td><code>")
          .append(Html.text(each.architecture()))
          .append("</code></td><td class=\"n\">")
          .append(Figures.large(each.parameters()))
          .append("</td><td class=\"n\">")
          .append(Figures.percent(each.validationAccuracy()))
          .append("</td><td class=\"n\">")
          .append(Figures.percent(each.testAccuracy()))
          .append("</td><td class=\"n\">")
          .append(Figures.duration(each.seconds()))
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
                .append("</td><td></td></tr>\n"));
    html.append("</table>\n<div class=\"charts\">\n")
        .append(
            curves(
                "Validation accuracy while training",
                "accuracy (%)",
                trained,
                epoch -> 100 * epoch.validationAccuracy()))
        .append(curves("Training loss", "loss", trained, ReportModel.Epoch::trainLoss))
        .append("</div>\n");
  }

  private static String curves(
      String title,
      String vertical,
      List<Trained> trained,
      ToDoubleFunction<ReportModel.Epoch> value) {
    List<Series> others = new ArrayList<>();
    List<Series> found = new ArrayList<>();
    for (Trained each : trained) {
      List<Point> points =
          each.curve().stream()
              .map(epoch -> {
                double y = value.applyAsDouble(epoch);
                return new Point(
                    epoch.epoch(),
                    y,
                    "%s, epoch %d: %s"
                        .formatted(each.role(), epoch.epoch(), Figures.significant(y)));
              })
              .toList();
      (each.isFound() ? found : others)
          .add(new Series(each.role(), each.isFound() ? "found" : "other", true, points));
    }
    others.addAll(found); // the found one is drawn last, on top
    return Chart.draw(title, "epoch", vertical, others);
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

  private static double mean(List<Trained> trained, ToDoubleFunction<Trained> value) {
    return trained.stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  private static double deviation(List<Trained> trained, ToDoubleFunction<Trained> value) {
    if (trained.size() < 2) {
      return 0;
    }
    double mean = mean(trained, value);
    double squares =
        trained.stream()
            .mapToDouble(
                each -> (value.applyAsDouble(each) - mean) * (value.applyAsDouble(each) - mean))
            .sum();
    return Math.sqrt(squares / (trained.size() - 1));
  }
}
