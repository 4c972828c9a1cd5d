package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.space.nasbench101.GraphCellTrainee;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.TrainingOutcome.Finished;
import dev.espalier.learning.training.TrainingOutcome.Stopped;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.nasbench101.GraphCell;
import dev.espalier.search.space.nasbench101.GraphCellNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The training of a NAS-Bench-101 cell")
class GraphCellTrainingTest {
  private static final Torch TORCH = Torch.cpu();
  private static final GraphCellNetwork NETWORK = new GraphCellNetwork(5, 2, 2);
  private static final GraphCell CELL =
      GraphCell.parse("conv3x3@0-conv1x1@1-maxpool3x3@1-output@0+2+3");
  private static final ImageDataset DATA = Samples.dataset(new ImageShape(3, 8, 8), 80, 40, 4);

  private static final Recorder WHOLE = Recorder.toTheEnd();
  private static final TrainingResult UNDISTURBED =
      ((Finished) train(CELL, NETWORK, 0, null, WHOLE)).result();

  /** 64 training images in eight steps of 8; three epochs. */
  private static TrainingOutcome train(
      GraphCell cell,
      GraphCellNetwork network,
      double auxiliaryWeight,
      byte @Nullable [] checkpoint,
      TrainingMonitor monitor) {
    TrainingRecipe recipe =
        new TrainingRecipe(
            new TrainingBasics(3, 8, 1000, 16, 30, 0.05, 0.9, true, 4e-4, 0, true, 8),
            Schedule.COSINE,
            1,
            1,
            0.1,
            new Refinements(0, 0, 0.2, auxiliaryWeight));
    return ImageTraining.train(
        TORCH,
        DATA,
        new GraphCellTrainee(cell, network),
        recipe,
        7,
        "evaluation-1",
        checkpoint,
        monitor);
  }

  @ParameterizedTest(name = "stopped at every boundary number {0}")
  @ValueSource(ints = {3, 8, 11})
  void stopsAndContinuesBitForBit(int boundaries) {
    List<Double> losses = new ArrayList<>();
    byte @Nullable [] checkpoint = null;
    TrainingOutcome outcome;
    do {
      Recorder recorder = Recorder.stoppingAfter(boundaries);
      outcome = train(CELL, NETWORK, 0, checkpoint, recorder);
      losses.addAll(recorder.losses);
      checkpoint = outcome instanceof Stopped stopped ? stopped.checkpoint() : null;
    } while (checkpoint != null);
    TrainingResult result = ((Finished) outcome).result();
    assertThat(losses).isEqualTo(WHOLE.losses).hasSize(24);
    assertThat(result.weights()).isEqualTo(UNDISTURBED.weights());
    assertThat(result.epochs()).isEqualTo(UNDISTURBED.epochs());
    assertThat(result.testAccuracy()).isEqualTo(UNDISTURBED.testAccuracy());
  }

  @Test
  void doesNotContinueAnotherOnesCheckpoint() {
    byte[] checkpoint =
        Objects.requireNonNull(
            ((Stopped) train(CELL, NETWORK, 0, null, Recorder.stoppingAfter(5))).checkpoint());
    // an edge leads elsewhere, which no parameter tells
    GraphCell other = GraphCell.parse("conv3x3@0-conv1x1@1-maxpool3x3@2-output@0+2+3");
    assertThatThrownBy(() -> train(other, NETWORK, 0, checkpoint, TrainingMonitor.none()))
        .isInstanceOf(InvalidInput.class);
    GraphCellNetwork longer = new GraphCellNetwork(5, 3, 2);
    assertThatThrownBy(() -> train(CELL, longer, 0, checkpoint, TrainingMonitor.none()))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void hasNoAuxiliaryHead() {
    assertThatThrownBy(() -> train(CELL, NETWORK, 0.4, null, TrainingMonitor.none()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("has no auxiliary head");
  }
}
