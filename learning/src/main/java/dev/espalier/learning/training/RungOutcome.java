package dev.espalier.learning.training;

import java.util.List;

/** How a training up to a rung ended, short of an exception. */
public sealed interface RungOutcome permits RungOutcome.Reached, TrainingOutcome {

  /** At the rung, with epochs to go. The test images have not been looked at. */
  final class Reached implements RungOutcome {
    private final List<EpochMetrics> epochs;
    private final byte[] checkpoint;

    Reached(List<EpochMetrics> epochs, byte[] checkpoint) {
      this.epochs = List.copyOf(epochs);
      this.checkpoint = checkpoint;
    }

    /** A ratio, after the last epoch so far. */
    public double validationAccuracy() {
      return epochs.getLast().validationAccuracy();
    }

    public List<EpochMetrics> epochs() {
      return epochs;
    }

    /** The whole state to continue from. */
    public byte[] checkpoint() {
      return checkpoint.clone();
    }
  }
}
