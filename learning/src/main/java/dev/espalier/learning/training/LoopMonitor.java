package dev.espalier.learning.training;

/**
 * Who watches a {@link Loop}, decides when it writes checkpoints, and may stop it. Called on the
 * loop's thread; nothing it answers changes the outcome.
 */
public interface LoopMonitor {
  /** Whether to stop here. Asked at every step boundary, between evaluation batches too. */
  boolean stop();

  /**
   * A step is done.
   *
   * @param epoch from 0
   * @param step steps done in this epoch, from 1
   */
  void step(int epoch, int step, int stepsPerEpoch, double loss);

  /**
   * Whether to write a checkpoint now; asked after every step. By default at the end of every
   * epoch.
   *
   * @param epoch the epoch to continue in, from 0
   * @param step steps done in that epoch; equal to {@code stepsPerEpoch} before what the epoch ends
   *     with
   */
  default boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
    return step == stepsPerEpoch;
  }

  /** The whole state before the given step of the given epoch (both from 0). */
  void checkpoint(byte[] whole, int epoch, int step);
}
