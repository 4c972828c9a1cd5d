package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.TrainingOutcome.Finished;
import dev.espalier.learning.training.TrainingOutcome.Stopped;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Training the network of a genotype. */
class GenotypeTrainingTest {
  private static final Genotype GENOTYPE = DartsSpace.SPACE.random(RandomStream.of(1, "genotype"));
  private static final ImageDataset DATA = Samples.dataset(new ImageShape(3, 8, 8), 100, 20, 4);

  /** 80 training images in 10 steps of 8, twice. */
  private static final CellRecipe RECIPE =
      new CellRecipe(
          2,
          3,
          new TrainingRecipe(
              2, 8, 1000, 20, 20, 0.05, 0.9, true, 5e-4, Schedule.COSINE, 1, 1, 0, 2, true, 8));

  private static TrainingOutcome train(
      Genotype genotype, byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return GenotypeTraining.train(
        Torch.cpu(), DATA, genotype, RECIPE, 7, "evaluation-1", checkpoint, monitor);
  }

  @Test
  void resumesBitForBit() {
    Recorder whole = Recorder.toTheEnd();
    TrainingResult undisturbed = ((Finished) train(GENOTYPE, null, whole)).result();
    assertThat(whole.losses).hasSize(20).doesNotHaveDuplicates();

    byte[] checkpoint = ((Stopped) train(GENOTYPE, null, Recorder.stoppingAfter(7))).checkpoint();
    TrainingResult resumed = ((Finished) train(GENOTYPE, checkpoint, Recorder.toTheEnd())).result();
    assertThat(resumed.weightsDigest()).isEqualTo(undisturbed.weightsDigest());
    assertThat(resumed.testAccuracy()).isEqualTo(undisturbed.testAccuracy());
  }

  @Test
  void learns() {
    Recorder recorder = Recorder.toTheEnd();
    train(GENOTYPE, null, recorder);
    List<Double> losses = recorder.losses;
    double first =
        losses.subList(0, 5).stream().mapToDouble(Double::doubleValue).average().orElse(0);
    double last =
        losses.subList(15, 20).stream().mapToDouble(Double::doubleValue).average().orElse(9);
    assertThat(last).isLessThan(first);
  }
}
