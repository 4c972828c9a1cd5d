package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.space.nasbench201.Cell;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
  /** By then the collector has touched all of the heap that it will use; that is no growth. */
  private static final int SETTLED = 2000;

  private static final int STEPS = 10_000;

  @Test
  @Tag("slow")
  void residentSizeStaysFlatOverTenThousandSteps() {
    Torch torch = Torch.cpu();
    ImageDataset data = Samples.dataset(new ImageShape(3, 8, 8), 2500, 10, 4);
    Cell cell =
        Cell.parse(
            "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|");
    TrainingRecipe recipe =
        new TrainingRecipe(2, 1, 24, 4, 2000, 10, 10, 0.01, 0.9, true, 5e-4, 0, true, 8);
    long[] bytes = new long[2];
    int[] steps = new int[1];
    TrainingMonitor watching =
        new TrainingMonitor() {
          @Override
          public boolean stop() {
            return false;
          }

          @Override
          public void step(int epoch, int step, int stepsPerEpoch, double loss) {
            steps[0]++;
            if (steps[0] == SETTLED) {
              bytes[0] = torch.deviceMemoryBytes();
            }
            bytes[1] = torch.deviceMemoryBytes();
          }

          @Override
          public boolean checkpointDue(int epoch, int step, int stepsPerEpoch) {
            return step % 50 == 0;
          }

          @Override
          public void checkpoint(byte[] whole, int epoch, int step) {}

          @Override
          public void epoch(EpochMetrics metrics) {}
        };
    CellTraining.train(torch, data, cell, recipe, 1, "memory", null, watching);
    assertThat(steps[0]).isEqualTo(SETTLED + STEPS);
    assertThat((double) bytes[1] / bytes[0])
        .as("resident at the end / when settled")
        .isLessThan(1.1);
  }
}
