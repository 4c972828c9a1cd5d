package dev.espalier.api.view;

import dev.espalier.api.view.Announcements.Announced;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.EvaluationDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The trainings of a found architecture and of random ones: announced, then measured. */
public final class TrainingsReader {
  /** Of more trainings than these, the stage's own count tells that there is news. */
  private static final int MOST_FOLLOWED = 60;

  private final Store store;
  private final Announcements announcements;
  private final CurvesReader curves;

  public TrainingsReader(Store store) {
    this.store = store;
    this.announcements = new Announcements(store);
    this.curves = new CurvesReader(store);
  }

  /**
   * @param cost what the network of an architecture costs
   */
  public List<TrainingView> read(StageDocument stage, Function<String, Cost> cost) {
    Map<String, Evaluated> finished = finished(stage.result());
    return announcements.of(stage.key()).stream()
        .map(training ->
            plot(
                stage.key(),
                training,
                cost.apply(training.architecture()),
                finished.get(training.evaluationId())))
        .toList();
  }

  /**
   * How many epochs the trainings of a stage have come to; 0 where there are many, whose number
   * alone changes often enough.
   */
  public int epochs(String stageKey) {
    List<Announced> announced = announcements.of(stageKey);
    return announced.size() > MOST_FOLLOWED
        ? 0
        : announced.stream()
            .mapToInt(training -> curves.epochs(stageKey, training.evaluationId()))
            .sum();
  }

  private static Map<String, Evaluated> finished(@Nullable String result) {
    return result == null
        ? Map.of()
        : Json.read(result, EvaluateResult.class).evaluations().stream()
            .collect(Collectors.toMap(Evaluated::evaluationId, Function.identity(), (a, b) -> a));
  }

  private TrainingView plot(
      String stageKey, Announced training, Cost cost, @Nullable Evaluated finished) {
    Measured measured = finished != null ? Measured.of(finished) : measured(training);
    return new TrainingView(
        training.evaluationId(),
        training.role(),
        training.architecture(),
        cost.parameters(),
        cost.macs(),
        measured.seed(),
        measured.validation(),
        measured.test(),
        measured.weights(),
        curves.loss(stageKey, training.evaluationId()),
        curves.validation(stageKey, training.evaluationId()));
  }

  /** A training of a stage that is not finished: its evaluation, once there is one. */
  private Measured measured(Announced training) {
    return store.evaluations().find(training.stored()).map(Measured::of).orElse(Measured.NOTHING);
  }

  /** What a network costs, for one image. */
  public record Cost(long parameters, long macs) {}

  private record Measured(
      @Nullable Long seed,
      @Nullable Double validation,
      @Nullable Double test,
      @Nullable String weights) {
    private static final Measured NOTHING = new Measured(null, null, null, null);

    static Measured of(Evaluated finished) {
      return new Measured(
          finished.seed(),
          finished.validationAccuracy(),
          finished.testAccuracy(),
          finished.weights());
    }

    static Measured of(EvaluationDocument evaluation) {
      return new Measured(
          evaluation.seed(),
          evaluation.metrics().get("validationAccuracy"),
          evaluation.metrics().get("testAccuracy"),
          evaluation.artifacts().stream().findFirst().orElse(null));
    }
  }
}
