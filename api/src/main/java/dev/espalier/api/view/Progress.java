package dev.espalier.api.view;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.StageName;
import dev.espalier.store.StageProgress;
import java.util.List;

/** How far an experiment is, as one number for a bar. */
final class Progress {
  /** Of a stage that its method does not name. */
  private static final double USUAL = 1;

  private Progress() {}

  static double of(String method, ExperimentState state, List<StageView> stages) {
    if (state == ExperimentState.COMPLETED) {
      return 1;
    }
    double whole = 0;
    double done = 0;
    for (StageView stage : stages) {
      double share = share(method, StageName.of(stage.name()));
      whole += share;
      done += share * done(stage);
    }
    return whole == 0 ? 0 : Math.min(1, done / whole);
  }

  private static double share(String method, StageName name) {
    return Methods.find(name.isOwn() ? method : name.method()).map(Method::stages).stream()
        .flatMap(List::stream)
        .filter(stage -> stage.name().equals(name.stage()))
        .findFirst()
        .map(Method.Stage::weight)
        .orElse(USUAL);
  }

  private static double done(StageView stage) {
    return switch (stage.state()) {
      case COMPLETED, REUSED, SKIPPED -> 1;
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
