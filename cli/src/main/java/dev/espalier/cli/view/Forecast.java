package dev.espalier.cli.view;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.search.experiment.StageState;
import dev.espalier.store.StageProgress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Estimates from what was watched so far: the rate of the stage in hand and the time it still
 * takes.
 */
public final class Forecast {

  private final Rounds told;
  private final Pace units = new Pace();
  private final Pace work = new Pace();
  private double seconds;
  private List<Round> rounds = List.of();
  private String observed = "";
  private @Nullable RateUnit unit;

  /**
   * @param told how the rounds of a stage go on
   */
  public Forecast(Rounds told) {
    this.told = told;
  }

  /** How the rounds of a stage in hand go on, at least one. */
  public interface Rounds {
    List<Round> of(ExperimentView view, StageView stage);
  }

  /** Takes in what is now known, at a moment of any steady clock. */
  public void observe(ExperimentView view, double seconds) {
    this.seconds = seconds;
    for (StageView stage : view.stages()) {
      StageProgress progress = stage.progress();
      if (stage.state() == StageState.RUNNING && progress.total() > 0) {
        rounds = told.of(view, stage);
        if (!stage.name().equals(observed)) {
          observed = stage.name();
          unit = null;
        }
        units.observe(stage.name(), progress.done(), seconds);
        work.observe(stage.name(), progress.done() * now(progress).work(), seconds);
        return;
      }
    }
  }

  /** Units per second; empty while unknown. */
  public OptionalDouble rate() {
    return units.perSecond(seconds);
  }

  /** The same in words; the unit stays as long as the stage does. Empty while unknown. */
  public Optional<String> pace() {
    OptionalDouble rate = rate();
    if (rate.isEmpty()) {
      return Optional.empty();
    }
    RateUnit known = unit;
    if (known == null || !known.holds(rate.getAsDouble())) {
      known = RateUnit.fitting(rate.getAsDouble());
      unit = known;
    }
    return Optional.of(known.text(rate.getAsDouble()));
  }

  /** Seconds until the stage ends; empty while unknown. */
  public OptionalDouble left(StageView stage) {
    StageProgress progress = stage.progress();
    OptionalDouble pace = work.perSecond(seconds);
    if (pace.isEmpty() || pace.getAsDouble() <= 0) {
      return OptionalDouble.empty();
    }
    double left = (progress.total() - progress.done()) * now(progress).work();
    for (Round later :
        rounds.subList(Math.min(progress.round() + 1, rounds.size()), rounds.size())) {
      left += later.units() * later.work();
    }
    return OptionalDouble.of(left / pace.getAsDouble());
  }

  private Round now(StageProgress progress) {
    return rounds.get(Math.clamp(progress.round(), 0, rounds.size() - 1));
  }
}
