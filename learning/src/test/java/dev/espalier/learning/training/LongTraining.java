package dev.espalier.learning.training;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.space.nasbench201.CellTrainee;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.nasbench201.Cell;

/**
 * A program that trains a tiny network for many steps and prints its resident bytes after the first
 * and after the second of two given numbers of steps.
 */
final class LongTraining implements TrainingMonitor {
  private static final TrainingRecipe TINY =
      new TrainingRecipe(
          new TrainingBasics(1000, 4, 2000, 10, 10, 0.01, 0.9, true, 5e-4, 0, true, 8),
          Schedule.COSINE,
          1,
          1,
          0,
          Refinements.NONE);

  private static final Cell TINY_CELL =
      Cell.parse(
          "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|");

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
    ImageTraining.train(
        torch, data, new CellTrainee(TINY_CELL, 2, 1), TINY, 1, "memory", null, monitor);
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
