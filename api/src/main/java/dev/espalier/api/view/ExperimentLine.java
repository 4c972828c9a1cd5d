package dev.espalier.api.view;

import dev.espalier.store.StageState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of experiments: {@code GET /api/experiments} and {@code espalier list
 * --json}.
 *
 * @param architecture the found architecture, once there is one
 * @param accuracy its accuracy as a ratio, once measured
 * @param stage the stage that runs or failed, for the eye
 */
public record ExperimentLine(
    String id,
    String state,
    @Nullable String reason,
    String method,
    String space,
    String data,
    long seed,
    String preset,
    @Nullable String digest,
    @Nullable String architecture,
    @Nullable Double accuracy,
    @Nullable String stage,
    double progress,
    int recoveries,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    double seconds) {
  private static final List<String> CURRENT =
      List.of(StageState.RUNNING, StageState.FAILED, StageState.PAUSED);

  public static ExperimentLine of(ExperimentView view) {
    return new ExperimentLine(
        view.id(),
        view.state(),
        view.reason(),
        view.method(),
        view.space(),
        view.data(),
        view.seed(),
        view.preset(),
        view.digest(),
        ResultReader.architecture(view.result()),
        ResultReader.accuracy(view.result()),
        view.stages().stream()
            .filter(stage -> CURRENT.contains(stage.state()))
            .map(StageView::name)
            .findFirst()
            .orElse(null),
        view.progress(),
        view.recoveries(),
        view.created(),
        view.started(),
        view.ended(),
        view.seconds());
  }
}
