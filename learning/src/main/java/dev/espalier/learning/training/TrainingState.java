package dev.espalier.learning.training;

import java.util.ArrayList;
import java.util.List;

/**
 * The counters of a training at a step boundary; with the arrays, all that its future depends on.
 *
 * @param epoch the epoch to continue in, from 0; the number of epochs when all are done
 * @param step steps done in it; the number of steps before its validation
 * @param lossSum of this epoch's images so far
 * @param correct of them
 * @param images trained on in this epoch so far
 * @param epochs what earlier epochs came to
 */
record TrainingState(
    int epoch, int step, double lossSum, long correct, long images, List<EpochMetrics> epochs) {
  static final TrainingState START = new TrainingState(0, 0, 0, 0, 0, List.of());

  TrainingState {
    epochs = List.copyOf(epochs);
  }

  Position position() {
    return new Position(epoch, step);
  }

  TrainingState afterStep(double loss, int right, int batch) {
    return new TrainingState(
        epoch, step + 1, lossSum + loss * batch, correct + right, images + batch, epochs);
  }

  TrainingState afterEpoch(EpochMetrics metrics) {
    List<EpochMetrics> all = new ArrayList<>(epochs);
    all.add(metrics);
    return new TrainingState(epoch + 1, 0, 0, 0, 0, all);
  }
}
