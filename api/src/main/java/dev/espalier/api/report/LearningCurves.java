package dev.espalier.api.report;

import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.view.TrainingView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How trainings went from epoch to epoch, that of the found architecture on top. */
public final class LearningCurves {
  private LearningCurves() {}

  /** Two plots, of those curves that have a point. */
  public static List<Chart> of(List<TrainingView> trainings) {
    return List.of(
        plot(
            "Validation accuracy while training",
            "accuracy (%)",
            trainings,
            each -> points(each.validation(), 100)),
        plot("Training loss", "loss", trainings, each -> points(each.loss(), 1)));
  }

  private static Chart plot(
      String title,
      String vertical,
      List<TrainingView> trainings,
      Function<TrainingView, List<Point>> curve) {
    List<Series> others = new ArrayList<>();
    List<Series> found = new ArrayList<>();
    for (TrainingView each : trainings) {
      (each.ofFound() ? found : others)
          .add(
              new Series(each.role(), each.ofFound() ? "found" : "other", true, curve.apply(each)));
    }
    others.addAll(found);
    return new Chart(title, "epoch", vertical, others);
  }

  private static List<Point> points(List<double[]> points, double factor) {
    return points.stream()
        .map(
            point -> new Point(point[0], factor * point[1], Figures.significant(factor * point[1])))
        .toList();
  }
}
