package dev.espalier.learning.predictor;

import java.util.concurrent.atomic.AtomicInteger;

/** Stops a fit before the step of this number, counted from 0. */
record FitStop(int at, AtomicInteger asked) implements FitMonitor {
  static FitStop at(int step) {
    return new FitStop(step, new AtomicInteger());
  }

  @Override
  public boolean stop() {
    return asked.getAndIncrement() == at;
  }

  @Override
  public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
    return false;
  }

  @Override
  public void checkpoint(byte[] whole, int epoch, int step) {}

  @Override
  public void epoch(int epoch, double loss) {}
}
