package dev.espalier.cli.view;

import dev.espalier.api.view.ArtifactView;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.store.Event;
import dev.espalier.store.Labels;
import dev.espalier.store.StageProgress;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.tenas.TeNasResult;
import dev.espalier.workflows.method.tenas.TeNasResult.Indicator;
import dev.espalier.workflows.method.tenas.TeNasResult.Trained;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One experiment at several moments, for what is drawn of it. */
public final class Examples {

  public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  public static final String CELL =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|";

  private Examples() {}

  /** In the middle of the search, one recovery behind it. */
  public static ExperimentView running() {
    return running(33);
  }

  /** The same with so many measurements done. */
  static ExperimentView running(int done) {
    return view(
        ExperimentState.RUNNING,
        null,
        List.of(
            stage("prepare-data", StageState.REUSED, null, 0, 0.2, 1, 0, StageProgress.NONE),
            stage(
                "prune",
                StageState.RUNNING,
                null,
                2,
                72.4,
                9,
                1,
                new StageProgress(1, 3, done, 57, "measurements", null)),
            stage("evaluate", StageState.PENDING, null, 0, 0, 0, 0, StageProgress.NONE),
            stage("report", StageState.PENDING, null, 0, 0, 0, 0, StageProgress.NONE)),
        0.26,
        null);
  }

  public static ExperimentView needsAttention() {
    return view(
        ExperimentState.NEEDS_ATTENTION,
        "stage evaluate: the disk is full: 12 MB free under /data, 120 MB needed",
        List.of(
            stage("prepare-data", StageState.REUSED, null, 0, 0.2, 1, 0, StageProgress.NONE),
            stage("prune", StageState.COMPLETED, null, 2, 95.3, 12, 1, StageProgress.NONE),
            stage(
                "evaluate",
                StageState.FAILED,
                "the disk is full",
                97,
                4.0,
                5,
                0,
                StageProgress.NONE),
            stage("report", StageState.PENDING, null, 0, 0, 0, 0, StageProgress.NONE)),
        0.5,
        null);
  }

  public static ExperimentView completed() {
    return view(
        ExperimentState.COMPLETED,
        null,
        List.of(
            stage("prepare-data", StageState.REUSED, null, 0, 0.2, 1, 0, StageProgress.NONE),
            stage("prune", StageState.COMPLETED, null, 2, 95.3, 12, 1, StageProgress.NONE),
            stage("evaluate", StageState.COMPLETED, null, 97, 88.7, 4, 0, StageProgress.NONE),
            stage("report", StageState.COMPLETED, null, 186, 1.4, 1, 0, StageProgress.NONE)),
        1,
        result());
  }

  public static TeNasResult result() {
    return new TeNasResult(
        CELL,
        1073466,
        153268746,
        Map.of(
            "ntk", new Indicator(34.21, 2.13, List.of(32.0, 36.2, 34.4)),
            "regions", new Indicator(2210.0, 12.5, List.of(2200.0, 2210.0, 2220.0))),
        new Accuracy(0.523, 0.518),
        List.of(
            new Trained(
                "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|", new Accuracy(0.44, 0.43)),
            new Trained(
                "|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|",
                new Accuracy(0.48, 0.47)),
            new Trained("|none~0|+|none~0|none~1|+|none~0|none~1|skip_connect~2|", null)),
        0.45,
        0.028,
        Map.of("cifar10_valid_12ep", 0.8421, "cifar10_test_200ep", 0.9376));
  }

  public static List<Event> events() {
    return List.of(
        event(1, 0, "Launched by ada"),
        event(2, 1, "Stage prepare-data was computed before: its result is reused"),
        event(3, 1, "Stage prune started"),
        event(4, 31, "A worker died; its work went on from the checkpoint of 4 s before"),
        event(
            5,
            42,
            "Round 1 removed 0:skip_connect, 1:avg_pool_3x3, 2:nor_conv_1x1, 3:avg_pool_3x3, 4:skip_connect"));
  }

  private static Event event(long sequence, int second, String text) {
    return new Event(sequence, "key-" + sequence, START.plusSeconds(second), "stage", text, "");
  }

  private static StageView stage(
      String name,
      StageState state,
      @Nullable String reason,
      int startSecond,
      double seconds,
      int attempts,
      int recoveries,
      StageProgress progress) {
    boolean begun = attempts > 0;
    return new StageView(
        name,
        name,
        begun ? "a1b2".repeat(16) : "",
        state,
        reason,
        attempts,
        recoveries,
        seconds,
        progress,
        begun ? START.plusSeconds(startSecond) : null,
        null,
        Map.of());
  }

  private static ExperimentView view(
      ExperimentState state,
      @Nullable String reason,
      List<StageView> stages,
      double progress,
      @Nullable TeNasResult result) {
    return new ExperimentView(
        "te-nas-7f3k2m",
        state,
        ExperimentState.RUNNING,
        reason,
        "te-nas",
        "nas-bench-201",
        "cifar10",
        0,
        "quick",
        result == null ? null : "d1e2".repeat(16),
        "c3f4".repeat(16),
        "cpu/torch-2.7.1/avx2/threads-1",
        result == null ? null : Json.tree(result),
        stages,
        progress,
        stages.stream().mapToInt(StageView::attempts).sum(),
        stages.stream().mapToInt(StageView::recoveries).sum(),
        0,
        START,
        START.plusSeconds(1),
        result == null ? null : START.plusSeconds(193),
        result == null ? 74.6 : 192.2,
        "ada",
        "0.1.0",
        result == null
            ? List.of()
            : List.of(
                new ArtifactView("weights.safetensors", "weights", "e5f6".repeat(16), 96_120)),
        Json.tree(Map.of("method", "te-nas", "seed", 0)),
        Labels.NONE);
  }
}
