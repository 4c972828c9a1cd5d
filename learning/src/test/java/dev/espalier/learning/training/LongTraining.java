package dev.espalier.learning.training;

import dev.espalier.learning.bench.MemoryFlat;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.tensor.Torch;

/**
 * A program that trains a tiny network for many steps and prints its resident bytes after the first
 * and after the second of two given numbers of steps.
 */
final class LongTraining implements TrainingMonitor {
  private final Torch torch;
  private final int first;
  private final int second;
  private int steps;
  private boolean done;

  private LongTraining(Torch torch, int first, int second) {
    this.torch = torch;
    this.first = first;
    this.second = second;
  }

  public static void main(String[] arguments) {
    Torch torch = Torch.cpu();
    LongTraining monitor =
        new LongTraining(torch, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
    ImageDataset data = Samples.dataset(new ImageShape(3, 8, 8), 2500, 10, 4);
    CellTraining.train(
        torch, data, MemoryFlat.TINY_CELL, MemoryFlat.TINY, 1, "memory", null, monitor);
  }

  @Override
  public boolean stop() {
    return done;
  }

  @Override
  public void step(int epoch, int step, int stepsPerEpoch, double loss) {
    steps++;
    if (steps == first || steps == second) {
      System.out.println(torch.deviceMemoryBytes());
      done = steps == second;
    }
  }

  @Override
  public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
    return step % 50 == 0;
  }

  @Override
  public void checkpoint(byte[] whole, int epoch, int step) {}

  @Override
  public void epoch(EpochMetrics metrics) {}
}
