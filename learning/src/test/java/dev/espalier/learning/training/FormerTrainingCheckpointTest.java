package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.space.nasbench201.CellTrainee;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.TrainingOutcome.Finished;
import dev.espalier.learning.training.TrainingOutcome.Stopped;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.nasbench201.Cell;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Against a checkpoint of the training of one small network, written by commit 95324cd, before
 * there was one loop for all that is trained: behind the steps of the second of three epochs,
 * before its validation.
 */
class FormerTrainingCheckpointTest {
  private static final ImageDataset DATA = Samples.dataset(new ImageShape(3, 8, 8), 40, 20, 4);
  private static final Cell CELL =
      Cell.parse(
          "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|");
  private static final TrainingRecipe RECIPE =
      new TrainingRecipe(
          new TrainingBasics(3, 4, 1000, 8, 20, 0.05, 0.9, true, 5e-4, 2, true, 8),
          Schedule.COSINE,
          1,
          1,
          0.1,
          new Refinements(1, 0.5, 0.2, 0));

  private static TrainingOutcome train(byte[] checkpoint, TrainingMonitor monitor) {
    return ImageTraining.train(
        Torch.cpu(), DATA, new CellTrainee(CELL, 1, 1), RECIPE, 11, "former", checkpoint, monitor);
  }

  private static byte[] former() throws IOException {
    try (InputStream file =
        FormerTrainingCheckpointTest.class.getResourceAsStream("/checkpoints/training")) {
      return Objects.requireNonNull(file).readAllBytes();
    }
  }

  @Test
  void isWrittenAgainByteForByte() throws IOException {
    Stopped stopped = (Stopped) train(former(), Recorder.stoppingAfter(0));

    assertThat(stopped.checkpoint()).isEqualTo(former());
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    Recorder rest = Recorder.toTheEnd();

    TrainingResult result = ((Finished) train(former(), rest)).result();

    assertThat(rest.losses).hasSize(8);
    assertThat(rest.losses.getFirst()).isCloseTo(1.40882, within(1e-3));
    assertThat(result.epochs()).hasSize(3);
    assertThat(result.epochs().getLast().trainLoss()).isCloseTo(1.37618, within(1e-3));
  }
}
