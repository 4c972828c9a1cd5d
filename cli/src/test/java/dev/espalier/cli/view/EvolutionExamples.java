package dev.espalier.cli.view;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.store.Labels;
import dev.espalier.store.StageProgress;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.evolution.EvolutionResult;
import dev.espalier.workflows.method.evolution.EvolutionResult.Best;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.method.evolution.EvolutionResult.Search;
import dev.espalier.workflows.method.evolution.EvolutionResult.Trained;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One experiment that evolved architectures on a predictor. */
public final class EvolutionExamples {

  public static final String WINNER = "skip+sep3|sep5+sep7|sep3+sep5+sep7+dil5|skip+sep5+dil3|sep3";
  public static final String TIMES =
      "[%s]".formatted(String.join(",", Collections.nCopies(5, "[0.1,0.5,0.9,1.5,0.3,0.6]")));
  public static final String OTHER = "skip|sep3+dil5|sep5|sep7|dil3";

  private EvolutionExamples() {}

  public static EvolutionResult result() {
    return result(
        "predicted 64.10 %, 3.20 points above all measured architectures (41.20 to 60.90 %): "
            + "the predictor extrapolates, so train the architecture before believing it",
        new Difference(0.0142, 0.0031, 0.0253));
  }

  public static EvolutionResult result(@Nullable String warning, @Nullable Difference difference) {
    return new EvolutionResult(
        WINNER,
        523_186,
        12_345_678,
        0.641,
        warning,
        23,
        1,
        new Best(OTHER, 0.609, 0.598),
        "ensemble",
        List.of(
            new Quality("ensemble", 9, 5, 0.41, 0.3, 0.52, 0.03),
            new Quality("ensemble", 18, 5, 0.634, 0.571, 0.697, 0.021),
            new Quality("gnn", 18, 5, 0.6, 0.5, 0.7, 0.025)),
        List.of(
            new Search("genetic", WINNER, 0.641, 2_000),
            new Search("regularized", OTHER, 0.633, 2_000),
            new Search("random", OTHER, 0.612, 2_000)),
        new Accuracy(0.62, 0.61),
        List.of(
            new Trained(WINNER, 0, new Accuracy(0.63, 0.62)),
            new Trained(WINNER, 1, new Accuracy(0.61, 0.60))),
        List.of(
            new Trained(OTHER, 0, new Accuracy(0.60, 0.59)),
            new Trained(OTHER, 1, new Accuracy(0.61, 0.60)),
            new Trained("skip|skip|sep5|sep7|dil3", 0, new Accuracy(0.605, 0.596)),
            new Trained("skip|skip|sep5|sep7|dil3", 1, null)),
        new Accuracy(0.605, 0.5953),
        difference,
        null,
        List.of());
  }

  public static EvolutionResult withFront(double latency, List<FrontPoint> front) {
    return changed(result().quality(), latency, front);
  }

  public static EvolutionResult withQuality(Quality quality) {
    return changed(List.of(quality), null, List.of());
  }

  private static EvolutionResult changed(
      List<Quality> quality, @Nullable Double latency, List<FrontPoint> front) {
    EvolutionResult result = result();
    return new EvolutionResult(
        result.architecture(),
        result.parameters(),
        result.macs(),
        result.predicted(),
        result.warning(),
        result.sampled(),
        result.failed(),
        result.bestSampled(),
        result.predictor(),
        quality,
        result.strategies(),
        result.accuracy(),
        result.winner(),
        result.random(),
        result.randomMean(),
        result.difference(),
        latency,
        front);
  }

  public static ExperimentView completed() {
    return completed(Map.of());
  }

  /** With settings that differ from the preset's. */
  public static ExperimentView completed(Map<String, String> sets) {
    List<StageView> stages =
        List.of(
            stage("prepare-data", StageState.REUSED, 0.2, 1, 0),
            stage("sample", StageState.COMPLETED, 0.3, 1, 0),
            stage("evaluate", StageState.COMPLETED, 402, 26, 2),
            stage("train-predictor", StageState.COMPLETED, 61.4, 21, 0),
            stage("evolve", StageState.COMPLETED, 38.2, 4, 0),
            stage("train-final", StageState.COMPLETED, 121, 6, 0),
            stage("report", StageState.COMPLETED, 0.1, 1, 0));
    return view(ExperimentState.COMPLETED, stages, sets);
  }

  /** While the sample is trained. */
  public static ExperimentView training(StageProgress progress, Map<String, String> sets) {
    StageView evaluate =
        new StageView(
            "evaluate",
            "evaluate",
            "a1b2".repeat(16),
            StageState.RUNNING,
            null,
            1,
            0,
            10,
            progress,
            Examples.START,
            null,
            Map.of());
    return view(ExperimentState.RUNNING, List.of(evaluate), sets);
  }

  private static ExperimentView view(
      ExperimentState state, List<StageView> stages, Map<String, String> sets) {
    return new ExperimentView(
        "gnn-evolution-h8n3wd",
        state,
        ExperimentState.RUNNING,
        null,
        "gnn-evolution",
        "parallel-ops",
        "fashion-mnist",
        0,
        "quick",
        "d1e2".repeat(16),
        "c3f4".repeat(16),
        "cpu/torch-2.7.1/avx2/threads-1",
        Json.tree(result()),
        stages,
        1,
        stages.stream().mapToInt(StageView::attempts).sum(),
        stages.stream().mapToInt(StageView::recoveries).sum(),
        0,
        Examples.START,
        Examples.START.plusSeconds(1),
        Examples.START.plusSeconds(630),
        629,
        "ada",
        "0.1.0",
        List.of(),
        Json.tree(EvolutionSpecification.preset("quick", sets)),
        Labels.NONE);
  }

  private static StageView stage(
      String name, StageState state, double seconds, int attempts, int recoveries) {
    return new StageView(
        name,
        name,
        "a1b2".repeat(16),
        state,
        null,
        attempts,
        recoveries,
        seconds,
        StageProgress.NONE,
        Examples.START,
        null,
        Map.of());
  }
}
