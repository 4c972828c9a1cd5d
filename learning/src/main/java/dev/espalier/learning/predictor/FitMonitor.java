package dev.espalier.learning.predictor;

import dev.espalier.learning.training.LoopMonitor;

/** Who watches a fit. */
public interface FitMonitor extends LoopMonitor {
  /** {@inheritDoc} An ensemble counts its epochs on through its members. */
  @Override
  default void step(int epoch, int step, int stepsPerEpoch, double loss) {}

  /**
   * An epoch is done.
   *
   * @param epoch from 1; an ensemble counts on through its members
   * @param loss mean squared error of its steps, in squared ratios
   */
  void epoch(int epoch, double loss);

  /** Nobody watches. */
  static FitMonitor none() {
    return new FitMonitor() {
      @Override
      public boolean stop() {
        return false;
      }

      @Override
      public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
        return false;
      }

      @Override
      public void checkpoint(byte[] whole, int epoch, int step) {}

      @Override
      public void epoch(int epoch, double loss) {}
    };
  }
}
