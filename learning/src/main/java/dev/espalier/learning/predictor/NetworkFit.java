package dev.espalier.learning.predictor;

import dev.espalier.learning.training.Loop;
import dev.espalier.learning.training.NamedArray;
import dev.espalier.learning.training.Position;
import dev.espalier.learning.training.Trained;
import dev.espalier.search.failure.Diverged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The training of one network, by its regimen. */
final class NetworkFit implements Trained {
  private final PredictorRecipe recipe;
  private final PredictorNetwork network;
  private final List<EncodedArchitecture> rows = new ArrayList<>();
  private final double[] targets;
  private final List<EncodedArchitecture> validation = new ArrayList<>();
  private final double[] validationTargets;
  private final Regimen regimen;
  private final RowDescent descent;
  private final List<Matrix> best;
  private final FitMonitor monitor;
  private final Function<FitState, byte[]> checkpoint;
  private FitState state;
  private int[] order = {};

  /**
   * @param state where the fit stands
   * @param checkpoint of the whole fit, of which this network is one member
   * @param held positions of the inner validation rows: the best epoch is chosen on them, and
   *     nothing is trained on them
   */
  NetworkFit(
      PredictorRecipe recipe,
      PredictorNetwork network,
      FitRows fitted,
      FitState state,
      FitMonitor monitor,
      Function<FitState, byte[]> checkpoint,
      int... held) {
    this.recipe = recipe;
    this.network = network;
    this.state = state;
    this.monitor = monitor;
    this.checkpoint = checkpoint;
    boolean[] isHeld = new boolean[fitted.size()];
    for (int row : held) {
      isHeld[row] = true;
    }
    this.targets = new double[fitted.size() - held.length];
    this.validationTargets = new double[held.length];
    for (int row = 0; row < fitted.size(); row++) {
      if (isHeld[row]) {
        validationTargets[validation.size()] = fitted.accuracies()[row];
        validation.add(fitted.architectures().get(row));
      } else {
        targets[rows.size()] = fitted.accuracies()[row];
        rows.add(fitted.architectures().get(row));
      }
    }
    this.regimen = network.regimen(recipe);
    this.descent = regimen.descent(network.matrices());
    this.best = network.matrices().stream().map(Matrix::copy).toList();
  }

  PredictorNetwork network() {
    return network;
  }

  FitState state() {
    return state;
  }

  /** Trains until the epochs are done or patience is at its end; false if it was stopped. */
  boolean run() {
    return Loop.run(this, before() + recipe.epochs(), monitor);
  }

  /** Epochs of the members before this one. */
  private int before() {
    return state.losses().size() - state.epoch();
  }

  @Override
  public int stepsPerEpoch() {
    return regimen.stepsPerEpoch(rows.size());
  }

  @Override
  public Position position() {
    return state.position();
  }

  @Override
  public boolean endsEarly() {
    return recipe.patience() > 0 && state.stale() >= recipe.patience();
  }

  @Override
  public void beginEpoch() {
    order = regimen.order(state.epoch(), rows.size());
  }

  @Override
  public double step() {
    int size = regimen.batch(rows.size());
    int from = state.step() * size;
    int to = Math.min(rows.size(), from + size);
    List<EncodedArchitecture> batch = new ArrayList<>(to - from);
    double[] wanted = new double[to - from];
    for (int i = 0; i < wanted.length; i++) {
      batch.add(rows.get(order[from + i]));
      wanted[i] = targets[order[from + i]];
    }
    network.begin(steps());
    descent.begin(regimen.rate(state.epoch()));
    double loss = network.step(batch, wanted, descent);
    state = state.afterStep(loss * (to - from));
    return loss;
  }

  /** Of this member so far. */
  private long steps() {
    return (long) state.epoch() * stepsPerEpoch() + state.step();
  }

  @Override
  public Diverged diverged(double loss, Position at) {
    return new Diverged(
        "fitting the %s: the loss is %s in epoch %d, step %d of %d: lower predictor.learningRate"
            .formatted(
                recipe.kind(), loss, at.epoch() - before() + 1, at.step() + 1, stepsPerEpoch()));
  }

  /** Compares the weights with the best so far on the inner validation rows. */
  @Override
  public boolean endEpoch() {
    int seen = Math.min(rows.size(), stepsPerEpoch() * regimen.batch(rows.size()));
    state = compared(state.afterEpoch(state.lossSum() / seen));
    monitor.epoch(state.losses().size(), state.losses().getLast());
    return true;
  }

  @Override
  public byte[] checkpoint() {
    return checkpoint.apply(state);
  }

  private FitState compared(FitState trained) {
    if (validation.isEmpty()) {
      return trained;
    }
    double[] predictions = network.predict(validation);
    double error = 0;
    for (int i = 0; i < predictions.length; i++) {
      error += network.error(predictions[i], validationTargets[i]) / predictions.length;
    }
    if (error < trained.bestError() || Double.isNaN(trained.bestError())) {
      copy(network.matrices(), best);
      return trained.better(error);
    }
    return trained.notBetter();
  }

  /** Puts the best epoch's weights in place, if there was a choice. */
  void finish() {
    if (!validation.isEmpty()) {
      copy(best, network.matrices());
    }
  }

  private static void copy(List<Matrix> from, List<Matrix> to) {
    for (int i = 0; i < from.size(); i++) {
      to.get(i).take(from.get(i));
    }
  }

  /** All numbers that the rest of the training depends on. */
  List<NamedArray> arrays() {
    List<NamedArray> arrays = new ArrayList<>();
    network.matrices().forEach(matrix -> arrays.add(matrix.array("weights.")));
    descent.means().forEach(matrix -> arrays.add(matrix.array("means.")));
    descent.squares().forEach(matrix -> arrays.add(matrix.array("squares.")));
    if (!validation.isEmpty()) {
      best.forEach(matrix -> arrays.add(matrix.array("best.")));
    }
    return arrays;
  }

  /** Continues from what {@link #arrays} gave. */
  void resume(Map<String, NamedArray> arrays) {
    Model.assign(network.matrices(), FittedPredictor.withPrefix("weights.", arrays));
    Model.assign(descent.means(), FittedPredictor.withPrefix("means.", arrays));
    Model.assign(descent.squares(), FittedPredictor.withPrefix("squares.", arrays));
    if (!validation.isEmpty()) {
      Model.assign(best, FittedPredictor.withPrefix("best.", arrays));
    }
    descent.resume(steps());
  }
}
