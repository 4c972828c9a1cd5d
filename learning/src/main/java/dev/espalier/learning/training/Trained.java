package dev.espalier.learning.training;

import dev.espalier.search.failure.Diverged;

/**
 * What a {@link Loop} trains: data, a loss and what an epoch ends with. It keeps its own counters,
 * so that a checkpoint of it holds all that its future depends on.
 *
 * <p>What descends on a loss of tensors takes its steps by a {@link Descent}.
 */
public interface Trained {
  /** Steps of every epoch, at least 1. */
  int stepsPerEpoch();

  Position position();

  /** Before the steps of an epoch, and again where a training goes on amid them. */
  default void beginEpoch() {}

  /**
   * Takes the step at the position and moves behind it.
   *
   * @return the loss before the step
   */
  double step();

  /**
   * What to say of a loss that is not finite.
   *
   * @param at the step that had it
   */
  Diverged diverged(double loss, Position at);

  /**
   * What follows the last step of an epoch, such as its validation; moves to the next epoch.
   *
   * @return false if the monitor stopped it, which leaves everything as it was
   */
  boolean endEpoch();

  /** Whether it has enough before all epochs are done. Asked between epochs. */
  default boolean endsEarly() {
    return false;
  }

  /** The whole state: what goes on from it gives the same bits. */
  byte[] checkpoint();
}
