package dev.espalier.api.report;

import dev.espalier.api.view.ArtifactView;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.store.Labels;
import dev.espalier.store.StageProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An experiment with two stages, for reports. */
public record Reported(
    String method, String space, ExperimentState state, @Nullable String reason) {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  public static Reported completed(String method, String space) {
    return new Reported(method, space, ExperimentState.COMPLETED, null);
  }

  /** With this specification, as JSON. */
  public ExperimentView view(String specification) {
    boolean completed = state == ExperimentState.COMPLETED;
    return new ExperimentView(
        "k3v9x2m4",
        state,
        ExperimentState.RUNNING,
        reason,
        method,
        space,
        "cifar10",
        0,
        "quick",
        completed ? "d".repeat(64) : null,
        completed ? "c".repeat(64) : null,
        completed ? "cpu/torch-2.7.1/avx2/threads-1" : null,
        null,
        List.of(stage("prepare-data", "a", 0.2, 1, 0), stage("work", "b", 95.25, 3, 2)),
        1,
        4,
        2,
        0,
        START,
        START.plusSeconds(1),
        completed ? START.plusSeconds(200) : null,
        200,
        "a test",
        "0.1.0",
        List.of(new ArtifactView("weights.safetensors", "weights", "e".repeat(64), 4)),
        Json.tree(Json.read(specification, Map.class)),
        Labels.NONE);
  }

  private static StageView stage(
      String name, String key, double seconds, int attempts, int recoveries) {
    return new StageView(
        name,
        name,
        key.repeat(64),
        StageState.COMPLETED,
        null,
        attempts,
        recoveries,
        seconds,
        StageProgress.NONE,
        START,
        START,
        Map.of("java", "25.0.3"));
  }
}
