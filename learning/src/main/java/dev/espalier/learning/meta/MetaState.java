package dev.espalier.learning.meta;

import dev.espalier.learning.training.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * The counters of a meta-training at a step boundary.
 *
 * @param epoch the epoch to continue in, from 0
 * @param step steps done in it; all of them before its validation
 * @param lossSum of this epoch's rows so far
 * @param plateau where the learning rate stands
 * @param best the merit of the best epoch; NaN before the first epoch's end
 * @param bestEpoch from 1; 0 before the first epoch's end
 * @param epochs what earlier epochs came to
 */
record MetaState(
    int epoch,
    int step,
    double lossSum,
    Plateau plateau,
    double best,
    int bestEpoch,
    List<MetaEpoch> epochs) {
  MetaState {
    epochs = List.copyOf(epochs);
  }

  static MetaState start(MetaRecipe recipe) {
    return new MetaState(0, 0, 0, Plateau.start(recipe), Double.NaN, 0, List.of());
  }

  Position position() {
    return new Position(epoch, step);
  }

  MetaState afterStep(double loss) {
    return new MetaState(epoch, step + 1, lossSum + loss, plateau, best, bestEpoch, epochs);
  }

  /** Whether an epoch of this merit is the best so far. */
  boolean isBetter(double merit) {
    return bestEpoch == 0 || merit > best || (Double.isNaN(best) && !Double.isNaN(merit));
  }

  MetaState afterEpoch(MetaEpoch done, double merit, MetaRecipe recipe) {
    List<MetaEpoch> all = new ArrayList<>(epochs);
    all.add(done);
    boolean better = isBetter(merit);
    return new MetaState(
        epoch + 1,
        0,
        0,
        plateau.after(done.loss(), recipe),
        better ? merit : best,
        better ? done.epoch() : bestEpoch,
        all);
  }
}
