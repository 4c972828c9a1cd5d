package dev.espalier.activities.prediction;

import dev.espalier.activities.method.Equipment;
import dev.espalier.activities.metrics.EspalierMetrics;
import dev.espalier.activities.unit.Attempt;
import dev.espalier.activities.unit.Checkpoints;
import dev.espalier.activities.unit.Results;
import dev.espalier.activities.unit.Stopped;
import dev.espalier.activities.unit.Task;
import dev.espalier.activities.unit.UnitName;
import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.Predictor;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.store.Store;
import dev.espalier.workflows.stage.StageRef;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Fits predictors from checkpoint to checkpoint; what comes of each fit is recorded once, and
 * counted as a step of its stage.
 */
public final class DurableFits {
  private final Store store;
  private final EspalierMetrics metrics;
  private final Torch torch;
  private final Results results;

  public DurableFits(Equipment equipment) {
    this.store = equipment.store();
    this.metrics = equipment.metrics();
    this.torch = equipment.torch();
    this.results = new Results(store, equipment.units());
  }

  /**
   * Does a unit of work of a stage that fits, once.
   *
   * @param words what it is, for people
   */
  public <R> R once(
      StageRef ref, String name, String words, Task<R> task, BiFunction<UnitName, Attempt, R> fit) {
    UnitName unit = new UnitName(ref, ref.stageKey() + "/" + name, words);
    return results.once(unit, task, name, attempt -> fit.apply(unit, attempt), () -> advance(ref));
  }

  private void advance(StageRef ref) {
    store.stages().advance(ref.stageKey(), 0, 1);
    metrics.candidates(ref.stage(), 1);
  }

  /** Keeps a fitted predictor. */
  public String keep(Predictor predictor, String kind) {
    return store.artifacts().put(predictor.save(), "predictor", Map.of("kind", kind));
  }

  /** Kendall's tau; 0 where nothing can be ranked, since all are tied or there is only one. */
  public static double tau(double[] predicted, double[] measured) {
    if (predicted.length < 2) {
      return 0;
    }
    double tau = Statistics.kendallTau(predicted, measured);
    return Double.isNaN(tau) ? 0 : tau;
  }

  /** The sum of the squared errors. */
  public static double squares(double[] predicted, double[] measured) {
    double squares = 0;
    for (int i = 0; i < predicted.length; i++) {
      squares += (predicted[i] - measured[i]) * (predicted[i] - measured[i]);
    }
    return squares;
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
