package dev.espalier.cli.view;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.store.StageProgress;
import java.util.OptionalDouble;

/**
 * Estimates from what was watched so far: the rate of the stage in hand and the time it still
 * takes.
 */
public final class Forecast {

  private final Pace units = new Pace();
  private double seconds;

  /** Takes in what is now known, at a moment of any steady clock. */
  public void observe(ExperimentView view, double seconds) {
    this.seconds = seconds;
    for (StageView stage : view.stages()) {
      StageProgress progress = stage.progress();
      if (stage.state().equals("RUNNING") && progress.total() > 0) {
        units.observe(stage.name(), progress.done(), seconds);
        return;
      }
    }
  }

  /** Units per second; empty while unknown. */
  public OptionalDouble rate() {
    return units.perSecond(seconds);
  }

  /** Seconds until the stage ends; empty while unknown. */
  public OptionalDouble left(StageView stage) {
    StageProgress progress = stage.progress();
    OptionalDouble rate = rate();
    if (rate.isEmpty() || rate.getAsDouble() <= 0) {
      return OptionalDouble.empty();
    }
    double now = progress.total() - progress.done();
    return OptionalDouble.of((now + laterRounds(stage.name(), progress)) / rate.getAsDouble());
  }

  /**
   * Pruning has fewer candidates every round, in equal steps down to nothing; others stay alike.
   */
  private static double laterRounds(String name, StageProgress progress) {
    int later = Math.max(0, progress.rounds() - progress.round() - 1);
    if (!name.equals("prune")) {
      return (double) progress.total() * later;
    }
    double operators = later + 2.0; // on an edge, this round
    double sum = 0;
    for (int left = later + 1; left >= 2; left--) {
      sum += progress.total() * left / operators;
    }
    return sum;
  }
}
