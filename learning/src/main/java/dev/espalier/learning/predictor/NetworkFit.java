package dev.espalier.learning.predictor;

import dev.espalier.learning.training.NamedArray;
import dev.espalier.search.failure.Diverged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The training of one network: Adam on the mean squared error, the rows in their fixed order. */
final class NetworkFit {
  private final PredictorRecipe recipe;
  private final Network network;
  private final List<boolean[]> rows = new ArrayList<>();
  private final double[] targets;
  private final List<boolean[]> validation = new ArrayList<>();
  private final double[] validationTargets;
  private final Adam adam;
  private final List<Matrix> best;

  /**
   * @param held positions of the inner validation rows: the best epoch is chosen on them, and
   *     nothing is trained on them
   */
  NetworkFit(
      PredictorRecipe recipe,
      Network network,
      List<boolean[]> architectures,
      double[] accuracies,
      int... held) {
    this.recipe = recipe;
    this.network = network;
    boolean[] isHeld = new boolean[accuracies.length];
    for (int row : held) {
      isHeld[row] = true;
    }
    this.targets = new double[accuracies.length - held.length];
    this.validationTargets = new double[held.length];
    for (int row = 0; row < accuracies.length; row++) {
      if (isHeld[row]) {
        validationTargets[validation.size()] = accuracies[row];
        validation.add(architectures.get(row));
      } else {
        targets[rows.size()] = accuracies[row];
        rows.add(architectures.get(row));
      }
    }
    this.adam = new Adam(network.matrices(), recipe.learningRate());
    this.best = network.matrices().stream().map(Matrix::copy).toList();
  }

  Network network() {
    return network;
  }

  private int stepsPerEpoch() {
    return Math.ceilDiv(rows.size(), recipe.batch());
  }

  boolean isDone(FitState state) {
    return state.epoch() == recipe.epochs()
        || (recipe.patience() > 0 && state.stale() >= recipe.patience());
  }

  /** One step, and what follows it at the end of an epoch. */
  FitState step(FitState state) {
    int from = state.step() * recipe.batch();
    int to = Math.min(rows.size(), from + recipe.batch());
    adam.begin();
    double loss = network.step(rows.subList(from, to), Arrays.copyOfRange(targets, from, to), adam);
    if (!Double.isFinite(loss)) {
      throw new Diverged(
          "fitting the %s: the loss is %s in epoch %d, step %d of %d: lower predictor.learningRate"
              .formatted(
                  recipe.kind(), loss, state.epoch() + 1, state.step() + 1, stepsPerEpoch()));
    }
    FitState next = state.afterStep(loss * (to - from));
    return next.step() < stepsPerEpoch()
        ? next
        : compared(next.afterEpoch(next.lossSum() / rows.size()));
  }

  private FitState compared(FitState state) {
    if (validation.isEmpty()) {
      return state;
    }
    double[] predictions = network.predict(validation);
    double error = 0;
    for (int i = 0; i < predictions.length; i++) {
      double difference = predictions[i] - validationTargets[i];
      error += difference * difference / predictions.length;
    }
    if (error < state.bestError() || Double.isNaN(state.bestError())) {
      copy(network.matrices(), best);
      return state.better(error);
    }
    return state.notBetter();
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
    adam.means().forEach(matrix -> arrays.add(matrix.array("means.")));
    adam.squares().forEach(matrix -> arrays.add(matrix.array("squares.")));
    if (!validation.isEmpty()) {
      best.forEach(matrix -> arrays.add(matrix.array("best.")));
    }
    return arrays;
  }

  /** Continues from what {@link #arrays} gave. */
  void resume(FitState state, Map<String, NamedArray> arrays) {
    Model.assign(network.matrices(), FittedPredictor.withPrefix("weights.", arrays));
    Model.assign(adam.means(), FittedPredictor.withPrefix("means.", arrays));
    Model.assign(adam.squares(), FittedPredictor.withPrefix("squares.", arrays));
    if (!validation.isEmpty()) {
      Model.assign(best, FittedPredictor.withPrefix("best.", arrays));
    }
    adam.resume((long) state.epoch() * stepsPerEpoch() + state.step());
  }
}
