package dev.espalier.learning.training;

/** Who watches the training of a network on images. */
public interface TrainingMonitor extends LoopMonitor {
  /** An epoch is trained and validated. */
  void epoch(EpochMetrics metrics);

  /** Nobody watches. */
  static TrainingMonitor none() {
    return new TrainingMonitor() {
      @Override
      public boolean stop() {
        return false;
      }

      @Override
      public void step(int epoch, int step, int stepsPerEpoch, double loss) {}

      @Override
      public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
        return false;
      }

      @Override
      public void checkpoint(byte[] whole, int epoch, int step) {}

      @Override
      public void epoch(EpochMetrics metrics) {}
    };
  }
}
