package dev.espalier.learning.training;

/** How a training ended, short of an exception. */
public sealed interface TrainingOutcome extends RungOutcome {
  /** To the end. */
  record Finished(TrainingResult result) implements TrainingOutcome {}

  /** The monitor stopped it. */
  final class Stopped implements TrainingOutcome {
    private final byte[] checkpoint;

    Stopped(byte[] checkpoint) {
      this.checkpoint = checkpoint;
    }

    /** The whole state to continue from. */
    public byte[] checkpoint() {
      return checkpoint.clone();
    }
  }
}
