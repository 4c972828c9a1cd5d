package dev.espalier.api.view;

import dev.espalier.store.ExperimentState;
import dev.espalier.store.StageProgress;
import dev.espalier.store.StageState;
import java.util.List;
import java.util.Map;

/** How far an experiment is, as one number for a bar. */
final class Progress {
  /** Rough shares of the whole time by stage; any other stage counts as 1. */
  private static final Map<String, Double> SHARES =
      Map.of(
          "prepare-data", 0.5,
          "prune", 10.0,
          "sample", 0.1,
          "evaluate", 10.0,
          "train-predictor", 2.0,
          "evolve", 1.0,
          "train-final", 3.0,
          "train", 20.0,
          "report", 0.5);

  private Progress() {}

  static double of(String state, List<StageView> stages) {
    if (state.equals(ExperimentState.COMPLETED)) {
      return 1;
    }
    double whole = 0;
    double done = 0;
    for (StageView stage : stages) {
      double share = SHARES.getOrDefault(stage.name(), 1.0);
      whole += share;
      done += share * done(stage);
    }
    return whole == 0 ? 0 : Math.min(1, done / whole);
  }

  private static double done(StageView stage) {
    return switch (stage.state()) {
      case StageState.COMPLETED, StageState.REUSED, StageState.SKIPPED -> 1;
      default -> done(stage.progress());
    };
  }

  /** The rounds before this one are done; within it, the units that are done. */
  private static double done(StageProgress progress) {
    double within = progress.total() > 0 ? (double) progress.done() / progress.total() : 0;
    int rounds = Math.max(1, progress.rounds());
    return Math.clamp((progress.round() + within) / rounds, 0, 1);
  }
}
