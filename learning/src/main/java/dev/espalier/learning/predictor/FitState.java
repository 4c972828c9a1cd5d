package dev.espalier.learning.predictor;

import dev.espalier.learning.training.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * The counters of a fit at a step boundary.
 *
 * @param member the member that is being fitted, from 0
 * @param epoch of this member, from 0
 * @param step steps done in this epoch; all of them before the inner validation
 * @param lossSum of this epoch's rows so far
 * @param bestError the least mean squared error on the inner validation rows; NaN before the first
 *     epoch's end
 * @param stale epochs since then
 * @param losses of every epoch of every member so far
 */
record FitState(
    int member,
    int epoch,
    int step,
    double lossSum,
    double bestError,
    int stale,
    List<Double> losses) {
  static final FitState START = new FitState(0, 0, 0, 0, Double.NaN, 0, List.of());

  FitState {
    losses = List.copyOf(losses);
  }

  /** Its epochs count on through the members. */
  Position position() {
    return new Position(losses.size(), step);
  }

  FitState afterStep(double squaredErrors) {
    return new FitState(member, epoch, step + 1, lossSum + squaredErrors, bestError, stale, losses);
  }

  FitState afterEpoch(double loss) {
    List<Double> all = new ArrayList<>(losses);
    all.add(loss);
    return new FitState(member, epoch + 1, 0, 0, bestError, stale, all);
  }

  FitState better(double error) {
    return new FitState(member, epoch, step, lossSum, error, 0, losses);
  }

  FitState notBetter() {
    return new FitState(member, epoch, step, lossSum, bestError, stale + 1, losses);
  }

  FitState nextMember() {
    return new FitState(member + 1, 0, 0, 0, Double.NaN, 0, losses);
  }
}
