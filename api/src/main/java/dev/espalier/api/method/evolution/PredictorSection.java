package dev.espalier.api.method.evolution;

import static org.apache.commons.text.StringEscapeUtils.escapeXml11;

import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.report.Figures;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** How well predictors rank architectures that they have not seen. */
final class PredictorSection {

  private PredictorSection() {}

  static String of(@Nullable TrainPredictorResult predictor) {
    if (predictor == null || predictor.quality().isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>The predictor</h2>\n");
    html.append("<p class=\"muted\">Kendall's tau between predicted and measured validation")
        .append(" accuracy of held-out architectures, mean over random splits with its 95 %")
        .append(" confidence interval. The search was guided by <code>")
        .append(escapeXml11(predictor.kind()))
        .append("</code>, fitted to all ")
        .append(Figures.count(predictor.rows()))
        .append(".</p>\n<table>\n<tr><th>predictor</th><th class=\"n\">fitted to</th>")
        .append("<th class=\"n\">splits</th><th class=\"n\">tau</th><th class=\"n\">95 %</th>")
        .append("<th class=\"n\">error</th></tr>\n");
    for (Quality quality : predictor.quality()) {
      row(html, quality, quality.kind().equals(predictor.kind()));
    }
    html.append("</table>\n<div class=\"charts\">\n")
        .append(bySize(predictor))
        .append(predictions(predictor.heldOut()))
        .append("</div>\n");
    return html.append("</section>\n").toString();
  }

  private static void row(StringBuilder html, Quality quality, boolean guiding) {
    html.append(guiding ? "<tr class=\"chosen\"><th>" : "<tr><th>")
        .append(escapeXml11(quality.kind()))
        .append("</th><td class=\"n\">")
        .append(quality.rows())
        .append("</td><td class=\"n\">")
        .append(quality.splits())
        .append("</td><td class=\"n\">")
        .append(figure(quality.tau()))
        .append("</td><td class=\"n\">")
        .append(
            quality.low() == null || quality.high() == null
                ? ""
                : figure(quality.low()) + " to " + figure(quality.high()))
        .append("</td><td class=\"n\">")
        .append(Figures.percent(quality.error()))
        .append("</td></tr>\n");
  }

  /** {@code 95 %: 0.612 to 0.688}. */
  static String interval(Quality quality) {
    Double low = quality.low();
    Double high = quality.high();
    return low == null || high == null
        ? "one split"
        : "95 %%: %s to %s".formatted(figure(low), figure(high));
  }

  private static String figure(double tau) {
    return String.format(Locale.ROOT, "%.3f", tau);
  }

  private static String bySize(TrainPredictorResult predictor) {
    List<Series> series = new ArrayList<>();
    List<Point> means = new ArrayList<>();
    for (Quality quality : predictor.quality()) {
      if (quality.kind().equals(predictor.kind())) {
        String title = "%s: %s".formatted(quality.kind(), figure(quality.tau()));
        means.add(new Point(quality.rows(), quality.tau(), title));
        Double low = quality.low();
        Double high = quality.high();
        if (low != null && high != null) {
          series.add(
              new Series(
                  "95 %",
                  "other",
                  true,
                  List.of(
                      new Point(quality.rows(), low, title),
                      new Point(quality.rows(), high, title))));
        }
      }
    }
    series.add(new Series(predictor.kind(), "found", true, means));
    return Chart.draw(
        "Tau by the number of training architectures", "fitted to", "Kendall's tau", series);
  }

  private static String predictions(List<Prediction> heldOut) {
    if (heldOut.isEmpty()) {
      return "";
    }
    double[] all =
        heldOut.stream()
            .flatMapToDouble(each -> DoubleStream.of(each.predicted(), each.measured()))
            .toArray();
    double least = 100 * DoubleStream.of(all).min().orElse(0);
    double most = 100 * DoubleStream.of(all).max().orElse(1);
    List<Point> points =
        heldOut.stream()
            .map(each ->
                new Point(100 * each.measured(), 100 * each.predicted(), each.architecture()))
            .toList();
    return Chart.draw(
        "Predicted against measured, held out",
        "measured accuracy (%)",
        "predicted (%)",
        List.of(
            new Series(
                "equal",
                "faint",
                true,
                List.of(new Point(least, least, "equal"), new Point(most, most, "equal"))),
            new Series("held out", "found", false, points)));
  }
}
