package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.space.darts.GenotypeTrainee;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.TrainingOutcome.Finished;
import dev.espalier.learning.training.TrainingOutcome.Stopped;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.darts.DartsCost;
import dev.espalier.search.space.darts.DartsShape;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ImageTraining the network of a genotype. */
class GenotypeTrainingTest {
  private static final Genotype GENOTYPE = DartsSpace.SPACE.random(RandomStream.of(1, "genotype"));
  private static final ImageDataset DATA = Samples.dataset(new ImageShape(3, 8, 8), 100, 20, 4);

  /** 80 training images in 10 steps of 8, twice. */
  private static final TrainingRecipe RECIPE =
      new TrainingRecipe(
          new TrainingBasics(2, 8, 1000, 20, 20, 0.05, 0.9, true, 5e-4, 2, true, 8),
          Schedule.COSINE,
          1,
          1,
          0,
          Refinements.NONE);

  /** Warm-up, clipping, drop-path and the auxiliary head. */
  private static final Refinements ALL = new Refinements(1, 0.5, 0.4, 0.4);

  private static TrainingOutcome refined(
      DartsShape.Stem stem,
      Refinements refinements,
      byte @Nullable [] checkpoint,
      TrainingMonitor monitor) {
    int size = stem == DartsShape.Stem.CIFAR ? 8 : 36;
    int images = stem == DartsShape.Stem.CIFAR ? 1000 : 24;
    TrainingRecipe recipe =
        new TrainingRecipe(
            new TrainingBasics(2, 8, images, 20, 20, 0.05, 0.9, true, 5e-4, 2, true, size),
            Schedule.COSINE,
            1,
            1,
            0.1,
            refinements);
    ImageDataset data =
        size == 8 ? DATA : Samples.dataset(new ImageShape(3, size, size), 100, 20, 4);
    return ImageTraining.train(
        Torch.cpu(),
        data,
        new GenotypeTrainee(GENOTYPE, stem, 2, 3, recipe.imageSize()),
        recipe,
        7,
        "evaluation-1",
        checkpoint,
        monitor);
  }

  /** Nothing is dropped in the first epoch; the second begins at boundary 10, or 3. */
  @ParameterizedTest(name = "{0}, stopped at boundary {1}")
  @CsvSource({"CIFAR, 4", "CIFAR, 10", "CIFAR, 15", "IMAGENET, 4"})
  void resumesBitForBitWithDropPathAndAuxiliaryHead(DartsShape.Stem stem, int boundary) {
    Recorder whole = Recorder.toTheEnd();
    TrainingResult undisturbed = ((Finished) refined(stem, ALL, null, whole)).result();
    byte[] checkpoint =
        ((Stopped) refined(stem, ALL, null, Recorder.stoppingAfter(boundary))).checkpoint();
    Recorder rest = Recorder.toTheEnd();
    TrainingResult resumed = ((Finished) refined(stem, ALL, checkpoint, rest)).result();
    assertThat(resumed.weightsDigest()).isEqualTo(undisturbed.weightsDigest());
    assertThat(resumed.epochs()).isEqualTo(undisturbed.epochs());
    int done = whole.losses.size() - rest.losses.size();
    assertThat(done).isPositive();
    assertThat(rest.losses).isEqualTo(whole.losses.subList(done, whole.losses.size()));
  }

  @ParameterizedTest
  @MethodSource("dropPathAndHead")
  void eachOfThemChangesTheTraining(Refinements one) {
    assertThat(digest(one)).isNotEqualTo(digest(Refinements.NONE));
  }

  static List<Refinements> dropPathAndHead() {
    return List.of(new Refinements(0, 0, 0.4, 0), new Refinements(0, 0, 0, 0.4));
  }

  private static String digest(Refinements refinements) {
    return result(refinements).weightsDigest();
  }

  private static TrainingResult result(Refinements refinements) {
    return ((Finished) refined(DartsShape.Stem.CIFAR, refinements, null, Recorder.toTheEnd()))
        .result();
  }

  @Test
  void theHeadIsNotKeptWithTheWeights() {
    Safetensors weights = Safetensors.decode(result(ALL).weights());
    assertThat(weights.arrays().keySet())
        .noneMatch(name -> name.startsWith(TrainableNetwork.AUXILIARY));
    long parameters =
        weights.arrays().values().stream()
            .filter(array -> !array.name().contains(".running_"))
            .mapToLong(array -> array.values().length)
            .sum();
    DartsShape shape = new DartsShape(DartsShape.Stem.CIFAR, 2, 3, 4, 8, 3);
    assertThat(parameters).isEqualTo(DartsCost.of(GENOTYPE, shape).parameters());
  }

  /** Checkpoints that were made before there was another stem must go on. */
  @Test
  void theStemForCifarIsNotPartOfWhatACheckpointMustAgreeWith() {
    Trainee cifar = new GenotypeTrainee(GENOTYPE, DartsShape.Stem.CIFAR, 2, 3, 8);
    Trainee imageNet = new GenotypeTrainee(GENOTYPE, DartsShape.Stem.IMAGENET, 2, 3, 8);
    assertThat(cifar.identity().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("genotype", "channels", "cells", "imageSize");
    assertThat(imageNet.identity().at("/stem").asText()).isEqualTo("IMAGENET");
  }

  @Test
  void imagesTooSmallForTheHeadAreExplained() {
    Trainee small = new GenotypeTrainee(GENOTYPE, DartsShape.Stem.IMAGENET, 2, 3, 32);
    ParameterSource weights = ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, 1);
    assertThatThrownBy(() -> small.network(Torch.cpu(), 4, weights, true))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("images of 32 pixels leave the auxiliary head a single one");
  }

  private static TrainingOutcome train(
      Genotype genotype, byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return ImageTraining.train(
        Torch.cpu(),
        DATA,
        new GenotypeTrainee(genotype, DartsShape.Stem.CIFAR, 2, 3, RECIPE.imageSize()),
        RECIPE,
        7,
        "evaluation-1",
        checkpoint,
        monitor);
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
