package dev.espalier.api.view;

import dev.espalier.search.statistics.Statistics;
import dev.espalier.store.Series;
import dev.espalier.store.Store;
import java.util.ArrayList;
import java.util.List;

/** Learning curves, by evaluation; a long one is averaged down. */
public final class CurvesReader {
  private static final int MOST_POINTS = 300;

  private final Store store;

  public CurvesReader(Store store) {
    this.store = store;
  }

  /** Training loss by epoch. */
  public List<double[]> loss(String stageKey, String evaluationId) {
    return thin(points(stageKey, "loss-" + evaluationId));
  }

  /** Validation accuracy by epoch. */
  public List<double[]> validation(String stageKey, String evaluationId) {
    return thin(points(stageKey, validationOf(evaluationId)));
  }

  /** How many epochs have been told. */
  int epochs(String stageKey, String evaluationId) {
    return store.measurements().series(stageKey, 0, validationOf(evaluationId)).points().size();
  }

  private static String validationOf(String evaluationId) {
    return "validation-" + evaluationId;
  }

  private List<double[]> points(String stageKey, String name) {
    List<double[]> points = new ArrayList<>();
    for (Series.Point point : store.measurements().series(stageKey, 0, name).points()) {
      Double value = point.value();
      if (value != null) {
        points.add(new double[] {point.step(), value});
      }
    }
    return points;
  }

  /** Means of neighbours, so that a long training stays a light drawing. */
  private static List<double[]> thin(List<double[]> points) {
    int size = Math.ceilDiv(points.size(), MOST_POINTS);
    if (size <= 1) {
      return points;
    }
    List<double[]> thinned = new ArrayList<>();
    for (int from = 0; from < points.size(); from += size) {
      List<double[]> some = points.subList(from, Math.min(points.size(), from + size));
      double mean = Statistics.mean(some.stream().mapToDouble(point -> point[1]).toArray());
      thinned.add(new double[] {some.getLast()[0], mean});
    }
    return thinned;
  }
}
