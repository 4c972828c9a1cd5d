package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.network.DropPath;
import dev.espalier.learning.network.Initialization;
import dev.espalier.learning.network.Outputs;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.space.nasbench201.CellTrainee;
import dev.espalier.learning.tensor.Scope;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.TrainingOutcome.Finished;
import dev.espalier.learning.training.TrainingOutcome.Stopped;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.nasbench201.Cell;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Warm-up, clipping, drop-path and the auxiliary head, in the trainer. */
class RefinedTrainingTest {
  private static final Torch TORCH = Torch.cpu();
  private static final Cell CELL =
      Cell.parse(
          "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|");
  private static final ImageDataset DATA = Samples.dataset(new ImageShape(3, 8, 8), 100, 40, 4);
  private static final long SEED = 7;
  private static final String EVALUATION = "refined";

  /** 80 training images in 10 steps of 8, three epochs. */
  private static final Refinements ALL = new Refinements(2, 0.5, 0.4, 0.4);

  private static final Recorder WHOLE = Recorder.toTheEnd();
  private static final TrainingResult UNDISTURBED = finish(ALL, null, WHOLE);

  private static TrainingRecipe recipe(Refinements refinements) {
    return new TrainingRecipe(
        new TrainingBasics(3, 8, 1000, 30, 30, 0.05, 0.9, true, 5e-4, 2, true, 8),
        Schedule.LINEAR,
        1,
        1,
        0.1,
        refinements);
  }

  private static TrainingOutcome train(
      Refinements refinements, byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return ImageTraining.train(
        TORCH,
        DATA,
        new CellTrainee(CELL, 2, 1),
        recipe(refinements),
        SEED,
        EVALUATION,
        checkpoint,
        monitor);
  }

  private static TrainingResult finish(
      Refinements refinements, byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return ((Finished) train(refinements, checkpoint, monitor)).result();
  }

  @ParameterizedTest(name = "stopped at boundary {0}")
  @ValueSource(ints = {0, 4, 10, 11, 17, 25, 33})
  void resumesBitForBitFromAnyBoundary(int boundary) {
    byte[] checkpoint = ((Stopped) train(ALL, null, Recorder.stoppingAfter(boundary))).checkpoint();
    Recorder rest = Recorder.toTheEnd();
    TrainingResult resumed = finish(ALL, checkpoint, rest);
    assertThat(resumed.weightsDigest()).isEqualTo(UNDISTURBED.weightsDigest());
    assertThat(resumed.epochs()).isEqualTo(UNDISTURBED.epochs());
    int done = WHOLE.losses.size() - rest.losses.size();
    assertThat(rest.losses).isEqualTo(WHOLE.losses.subList(done, WHOLE.losses.size()));
  }

  @ParameterizedTest
  @MethodSource("each")
  void eachOfThemChangesTheTraining(Refinements one) {
    assertThat(finish(one, null, Recorder.toTheEnd()).weightsDigest())
        .isNotEqualTo(finish(Refinements.NONE, null, Recorder.toTheEnd()).weightsDigest());
  }

  static List<Refinements> each() {
    return List.of(
        new Refinements(2, 0, 0, 0),
        new Refinements(0, 0.5, 0, 0),
        new Refinements(0, 0, 0.4, 0),
        new Refinements(0, 0, 0, 0.4));
  }

  /** The loss of the first step: nothing is dropped in the first epoch. */
  @Test
  void theLossIsTheNetworksAndTheHeadsByItsWeight() {
    Trainee trainee = new CellTrainee(CELL, 2, 1);
    ParameterSource weights =
        ParameterSource.drawn(Initialization.PYTORCH_DEFAULT, SEED, EVALUATION, "weights");
    TrainingData data = new TrainingData(DATA, recipe(ALL), SEED);
    int[] order = data.order(RandomStream.of(SEED, EVALUATION, "order", 0));
    TrainingData.Batch batch =
        data.trainBatch(order, 0, RandomStream.of(SEED, EVALUATION, "augmentation", 0, 0));
    try (TrainableNetwork network = trainee.network(TORCH, 4, weights, true);
        Scope _ = TORCH.inference()) {
      Outputs outputs = network.train(TORCH.tensor(batch.pixels(), batch.shape()), DropPath.NONE);
      float[] targets = batch.targets(4, 0.1);
      double expected =
          crossEntropy(outputs.logits(), targets)
              + 0.4 * crossEntropy(outputs.auxiliary().orElseThrow(), targets);
      assertThat(WHOLE.losses.getFirst()).isCloseTo(expected, within(1e-5));
    }
  }

  /** By its definition, in double precision. */
  private static double crossEntropy(Tensor logits, float[] targets) {
    float[] values = logits.toFloats();
    double loss = 0;
    for (int from = 0; from < values.length; from += 4) {
      double sum = 0;
      for (int i = from; i < from + 4; i++) {
        sum += Math.exp(values[i]);
      }
      for (int i = from; i < from + 4; i++) {
        loss -= targets[i] * (values[i] - Math.log(sum));
      }
    }
    return loss * 4 / values.length;
  }

  @Test
  void dropPathGrowsLinearlyFromNothing() {
    Refinements half = new Refinements(0, 0, 0.2, 0);
    assertThat(half.dropPathIn(0, 600)).isZero();
    assertThat(half.dropPathIn(300, 600)).isCloseTo(0.1, within(1e-15));
    assertThat(half.dropPathIn(599, 600)).isCloseTo(0.2 * 599 / 600, within(1e-15));
  }

  @Test
  void whatIsImpossibleIsExplained() {
    assertThatThrownBy(() -> recipe(new Refinements(-1, -1, 1, Double.NaN)))
        .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.problems()).hasSize(4))
        .hasMessageContaining("evaluation.dropPath must be at least 0 and below 1, but was 1.0");
  }
}
