package dev.espalier.learning.predictor;

import java.util.List;

/** How a fit ended, short of an exception. */
public sealed interface FitOutcome {
  /**
   * To the end.
   *
   * @param predictor the caller closes it
   * @param losses mean squared error of every epoch's steps, in squared ratios
   */
  record Finished(Predictor predictor, List<Double> losses) implements FitOutcome {
    public Finished {
      losses = List.copyOf(losses);
    }
  }

  /** The monitor stopped it. */
  final class Stopped implements FitOutcome {
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
