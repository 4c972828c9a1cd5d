package dev.espalier.learning.meta;

import dev.espalier.learning.training.LoopMonitor;

/** Who watches a meta-training. */
public interface MetaMonitor extends LoopMonitor {
  /** An epoch is trained and validated. */
  void epoch(MetaEpoch epoch);

  /** Nobody watches. */
  static MetaMonitor none() {
    return new MetaMonitor() {
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
      public void epoch(MetaEpoch epoch) {}
    };
  }
}
