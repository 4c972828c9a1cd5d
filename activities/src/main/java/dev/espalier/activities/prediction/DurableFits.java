package dev.espalier.activities.prediction;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Checkpoints;
import dev.espalier.activities.unit.Stopped;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.store.Store;

/** Fits predictors from checkpoint to checkpoint. */
public final class DurableFits {
  private final Store store;
  private final EspalierMetrics metrics;
  private final Torch torch;

  public DurableFits(Equipment equipment) {
    this.store = equipment.store();
    this.metrics = equipment.metrics();
    this.torch = equipment.torch();
  }

  /**
   * Fits to the end, from the unit's newest checkpoint.
   *
   * @param seed with {@code stream} begins the name of every random stream
   * @return with a predictor that the caller closes
   * @throws Stopped if the attempt is to stop; what it came to is kept
   */
  public FitOutcome.Finished fit(
      UnitName unit,
      Attempt attempt,
      SearchSpace space,
      PredictorRecipe recipe,
      TrainingRows rows,
      long seed,
      String stream) {
    Checkpoints checkpoints = new Checkpoints(store, metrics, unit, attempt);
    Watch watch = new Watch(checkpoints, attempt);
    FitOutcome outcome =
        Predictors.fit(torch, space, recipe, rows, seed, stream, checkpoints.newest(), watch);
    return switch (outcome) {
      case FitOutcome.Finished finished -> finished;
      case FitOutcome.Stopped stopped -> {
        checkpoints.keep(stopped.checkpoint(), watch.epoch, watch.step + 1);
        throw new Stopped();
      }
    };
  }

  /** Keeps a fit's checkpoints and tells it when to stop. */
  private static final class Watch implements FitMonitor {
    private final Checkpoints checkpoints;
    private final Attempt attempt;
    private int epoch;
    private int step;

    Watch(Checkpoints checkpoints, Attempt attempt) {
      this.checkpoints = checkpoints;
      this.attempt = attempt;
    }

    @Override
    public boolean stop() {
      return attempt.stop();
    }

    @Override
    public boolean checkpointDue(int atEpoch, int atStep, int stepsPerEpoch) {
      return checkpoints.due();
    }

    @Override
    public void checkpoint(byte[] whole, int atEpoch, int atStep) {
      epoch = atEpoch;
      step = atStep;
      checkpoints.keep(whole, atEpoch, atStep);
    }

    @Override
    public void epoch(int done, double loss) {
      epoch = done;
      step = 0;
    }
  }
}
