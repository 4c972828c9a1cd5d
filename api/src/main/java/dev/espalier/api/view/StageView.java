package dev.espalier.api.view;

import dev.espalier.search.experiment.StageState;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.StageProgress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stage of an experiment.
 *
 * @param key names what is computed; the same key is never computed twice
 * @param state PENDING, RUNNING, PAUSED, REUSED, COMPLETED, FAILED, SKIPPED or CANCELLED
 * @param attempts how many units of work were begun, those included that failed or died
 * @param recoveries how often it continued from a checkpoint after a death
 * @param seconds spent on it
 * @param progress how far it is within its rounds; all zero while nothing is known
 * @param environment where it was computed: versions, device, numeric class
 */
public record StageView(
    String name,
    String kind,
    String key,
    StageState state,
    @Nullable String reason,
    int attempts,
    int recoveries,
    double seconds,
    StageProgress progress,
    @Nullable Instant started,
    @Nullable Instant ended,
    Map<String, String> environment) {
  public StageView {
    environment = Map.copyOf(environment);
  }

  static StageView unknown(ExperimentStage stage) {
    return new StageView(
        stage.name(),
        stage.kind(),
        stage.key(),
        stage.state(),
        stage.reason(),
        0,
        0,
        0,
        StageProgress.NONE,
        null,
        null,
        Map.of());
  }

  static StageView of(ExperimentStage stage, StageDocument document, StageClock clock) {
    return new StageView(
        stage.name(),
        stage.kind(),
        stage.key(),
        clock.state(stage),
        stage.reason(),
        document.attempts(),
        document.recoveries(),
        clock.seconds(stage, document),
        document.progress(),
        document.started(),
        document.ended(),
        document.environment());
  }
}
