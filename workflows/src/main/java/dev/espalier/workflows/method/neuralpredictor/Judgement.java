package dev.espalier.workflows.method.neuralpredictor;

import dev.espalier.search.method.neuralpredictor.FitSettings;
import dev.espalier.search.statistics.Interval;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.workflows.method.neuralpredictor.CellFitActivities.FoldOutcome;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult.Point;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import java.util.ArrayList;
import java.util.List;

/** What the folds say of the settings that were tried. */
final class Judgement {
  private static final double CONFIDENCE = 0.95;

  /** Below every tau: of settings none of whose fits came to an end. */
  private static final double NOTHING = -1;

  private Judgement() {}

  /** Every setting with what its folds came to. */
  static List<Point> points(List<FitSettings> settings, List<FoldOutcome> folds) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      int point = i;
      points.add(
          point(settings.get(i), folds.stream().filter(fold -> fold.point() == point).toList()));
    }
    return points;
  }

  private static Point point(FitSettings settings, List<FoldOutcome> folds) {
    if (folds.isEmpty()) {
      return new Point(settings, 0, NOTHING, null, null, 1);
    }
    double[] taus = folds.stream().mapToDouble(FoldOutcome::tau).toArray();
    double squares = 0;
    int cells = 0;
    for (FoldOutcome fold : folds) {
      squares += fold.squares();
      cells += fold.cells();
    }
    Interval interval =
        taus.length < 2 ? null : Statistics.meanInterval(CONFIDENCE, taus).within(-1, 1);
    return new Point(
        settings,
        taus.length,
        Statistics.mean(taus),
        interval == null ? null : interval.low(),
        interval == null ? null : interval.high(),
        StrictMath.sqrt(squares / cells));
  }

  /** The settings with the highest tau; of equal ones the first. */
  static int best(List<Point> points) {
    int best = 0;
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).tau() > points.get(best).tau()) {
        best = i;
      }
    }
    return best;
  }

  /** What the chosen settings said of the held-out cells of the first repeat. */
  static List<Prediction> heldOut(List<FoldOutcome> folds, int chosen) {
    return folds.stream()
        .filter(fold -> fold.point() == chosen && fold.repeat() == 0)
        .flatMap(fold -> fold.heldOut().stream())
        .toList();
  }
}
