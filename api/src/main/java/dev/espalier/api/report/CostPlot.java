package dev.espalier.api.report;

import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.List;

/** What evaluated architectures reach, against what they cost. */
public final class CostPlot {
  private static final double MILLION = 1e6;

  private CostPlot() {}

  public static Chart of(List<Series> series) {
    return new Chart("Accuracy against cost", "million MACs", "validation accuracy (%)", series);
  }

  /** Those that have an accuracy. */
  public static List<Point> points(List<Row> rows) {
    List<Point> points = new ArrayList<>();
    for (Row row : rows) {
      Double accuracy = row.validationAccuracy();
      if (accuracy != null) {
        points.add(
            point(
                row.macs(),
                accuracy,
                "%s: %s".formatted(row.architecture(), Figures.percent(accuracy))));
      }
    }
    return points;
  }

  public static Point point(long macs, double accuracy, String title) {
    return new Point(macs / MILLION, 100 * accuracy, title);
  }
}
