package dev.espalier.learning.predictor;

/**
 * Who watches a fit, decides when it writes checkpoints, and may stop it. Called on the fit's
 * thread; nothing it answers changes the outcome.
 */
public interface FitMonitor {
  /** Whether to stop here. Asked before every step. */
  boolean stop();

  /** Whether to write a checkpoint now. Asked after every step. */
  boolean checkpointDue();

  /** The whole state before the given step of the given epoch (both from 0). */
  void checkpoint(byte[] whole, int epoch, int step);

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
      public boolean checkpointDue() {
        return false;
      }

      @Override
      public void checkpoint(byte[] whole, int epoch, int step) {}

      @Override
      public void epoch(int epoch, double loss) {}
    };
  }
}
