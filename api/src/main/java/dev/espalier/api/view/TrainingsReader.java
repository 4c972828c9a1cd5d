package dev.espalier.api.view;

import dev.espalier.api.view.PlotsView.TrainingPlot;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.Series;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The trainings of an evaluate stage: announced when it starts, measured one by one. */
public final class TrainingsReader {
  private static final int MOST_POINTS = 300;

  private final Store store;

  public TrainingsReader(Store store) {
    this.store = store;
  }

  List<TrainingPlot> read(StageDocument evaluate) {
    Map<String, Evaluated> finished = finished(evaluate.result());
    return announced(evaluate.key()).stream()
        .map(training -> plot(evaluate.key(), training, finished.get(training.evaluationId())))
        .toList();
  }

  /** How many epochs all trainings of the stage have come to. */
  public int epochs(String stageKey) {
    return announced(stageKey).stream()
        .map(training -> validation(training.evaluationId()))
        .mapToInt(series -> store.measurements().series(stageKey, 0, series).points().size())
        .sum();
  }

  private static String loss(String evaluationId) {
    return "loss-" + evaluationId;
  }

  private static String validation(String evaluationId) {
    return "validation-" + evaluationId;
  }

  private List<Announced> announced(String stageKey) {
    return store
        .measurements()
        .find(stageKey, 0, "round")
        .map(json -> Json.read(json, Announcement.class).trainings())
        .orElse(List.of());
  }

  private static Map<String, Evaluated> finished(@Nullable String result) {
    return result == null
        ? Map.of()
        : Json.read(result, EvaluateResult.class).evaluations().stream()
            .collect(Collectors.toMap(Evaluated::evaluationId, Function.identity(), (a, b) -> a));
  }

  private TrainingPlot plot(String stageKey, Announced training, @Nullable Evaluated finished) {
    Measured measured = finished != null ? Measured.of(finished) : measured(training);
    return new TrainingPlot(
        training.evaluationId(),
        training.role(),
        training.architecture(),
        NetworkCost.of(Cell.parse(training.architecture()), NetworkShape.STANDARD).parameters(),
        measured.validation(),
        measured.test(),
        measured.weights(),
        series(stageKey, loss(training.evaluationId())),
        series(stageKey, validation(training.evaluationId())));
  }

  /** A training of a stage that is not finished: its evaluation, once there is one. */
  private Measured measured(Announced training) {
    return store.evaluations().find(training.stored()).map(Measured::of).orElse(Measured.NOTHING);
  }

  private List<double[]> series(String stageKey, String name) {
    List<double[]> points = new ArrayList<>();
    for (Series.Point point : store.measurements().series(stageKey, 0, name).points()) {
      Double value = point.value();
      if (value != null) {
        points.add(new double[] {point.step(), value});
      }
    }
    return thin(points);
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
      double mean = some.stream().mapToDouble(point -> point[1]).average().orElseThrow();
      thinned.add(new double[] {some.getLast()[0], mean});
    }
    return thinned;
  }

  private record Announcement(List<Announced> trainings) {}

  /**
   * A training that was announced.
   *
   * @param recordId under which its evaluation is stored; null in older announcements: its own id
   */
  private record Announced(
      String evaluationId, @Nullable String recordId, String architecture, String role) {
    String stored() {
      return recordId == null ? evaluationId : recordId;
    }
  }

  private record Measured(
      @Nullable Double validation, @Nullable Double test, @Nullable String weights) {
    private static final Measured NOTHING = new Measured(null, null, null);

    static Measured of(Evaluated finished) {
      return new Measured(
          finished.validationAccuracy(), finished.testAccuracy(), finished.weights());
    }

    static Measured of(EvaluationDocument evaluation) {
      return new Measured(
          evaluation.metrics().get("validationAccuracy"),
          evaluation.metrics().get("testAccuracy"),
          evaluation.artifacts().stream().findFirst().orElse(null));
    }
  }
}
