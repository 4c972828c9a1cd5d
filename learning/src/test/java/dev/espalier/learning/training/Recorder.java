package dev.espalier.learning.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes down what a training tells, and stops it after a number of steps or evaluation batches.
 */
public final class Recorder implements TrainingMonitor {
  private final int stopAfter;
  private final int checkpointEvery;
  private int asked;
  final List<Double> losses = new ArrayList<>();
  final List<EpochMetrics> epochs = new ArrayList<>();
  final List<byte[]> checkpoints = new ArrayList<>();

  private Recorder(int stopAfter, int checkpointEvery) {
    this.stopAfter = stopAfter;
    this.checkpointEvery = checkpointEvery;
  }

  public static Recorder toTheEnd() {
    return new Recorder(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** Stops when asked for the time after {@code boundaries}. */
  public static Recorder stoppingAfter(int boundaries) {
    return new Recorder(boundaries, Integer.MAX_VALUE);
  }

  static Recorder withCheckpointEvery(int steps) {
    return new Recorder(Integer.MAX_VALUE, steps);
  }

  @Override
  public boolean stop() {
    return asked++ >= stopAfter;
  }

  @Override
  public void step(int epoch, int step, int stepsPerEpoch, double loss) {
    losses.add(loss);
  }

  @Override
  public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
    return losses.size() % checkpointEvery == 0;
  }

  @Override
  public void checkpoint(byte[] whole, int epoch, int step) {
    checkpoints.add(whole);
  }

  @Override
  public void epoch(EpochMetrics metrics) {
    epochs.add(metrics);
  }
}
