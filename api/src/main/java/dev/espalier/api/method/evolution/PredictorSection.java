package dev.espalier.api.method.evolution;

import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * How well predictors rank architectures that they have not seen.
 *
 * @param predictor null until that is known
 */
record PredictorSection(@Nullable TrainPredictorResult predictor) {

  /** Whether it is of the kind that guided the search. */
  boolean guided(Quality quality) {
    return predictor != null && quality.kind().equals(predictor.kind());
  }

  List<Chart> charts() {
    return predictor == null
        ? List.of()
        : List.of(bySize(predictor), predictions(predictor.heldOut()));
  }

  /** {@code 0.612 to 0.688}; empty where there was one split. */
  static String range(Quality quality) {
    Double low = quality.low();
    Double high = quality.high();
    return low == null || high == null ? "" : figure(low) + " to " + figure(high);
  }

  /** {@code 95 %: 0.612 to 0.688}. */
  static String interval(Quality quality) {
    String range = range(quality);
    return range.isEmpty() ? "one split" : "95 %: " + range;
  }

  static String figure(double tau) {
    return String.format(Locale.ROOT, "%.3f", tau);
  }

  private static Chart bySize(TrainPredictorResult predictor) {
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
    return new Chart(
        "Tau by the number of training architectures", "fitted to", "Kendall's tau", series);
  }

  private static Chart predictions(List<Prediction> heldOut) {
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
    Series equal =
        new Series(
            "equal",
            "faint",
            true,
            List.of(new Point(least, least, "equal"), new Point(most, most, "equal")));
    return new Chart(
        "Predicted against measured, held out",
        "measured accuracy (%)",
        "predicted (%)",
        heldOut.isEmpty()
            ? List.of()
            : List.of(equal, new Series("held out", "found", false, points)));
  }
}
