package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.network.ParameterSource;
import dev.espalier.learning.network.Phase;
import dev.espalier.learning.network.TrainableNetwork;
import dev.espalier.learning.space.parallel.ParallelTrainee;
import dev.espalier.learning.tensor.Precision;
import dev.espalier.learning.tensor.Tensor;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.RungOutcome.Reached;
import dev.espalier.learning.training.TrainingOutcome.Finished;
import dev.espalier.learning.training.TrainingOutcome.Stopped;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.OutOfMemory;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.parallel.LayerShape;
import dev.espalier.search.space.parallel.MacroShape;
import dev.espalier.search.space.parallel.Operation;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelTrainingTest {
  private static final Torch TORCH = Torch.cpu();
  private static final MacroShape SHAPE =
      new MacroShape(
          4,
          List.of(new LayerShape(4, 1), new LayerShape(6, 2), new LayerShape(8, 1)),
          List.of(Operation.values()),
          10);
  private static final ParallelArchitecture ARCHITECTURE =
      ParallelArchitecture.parse("skip+sep3|skip+dil5|skip+sep5+dil3");
  private static final ImageDataset DATA = Samples.dataset(new ImageShape(3, 8, 8), 80, 40, 4);

  /** 64 training images in eight steps of 8; four epochs; a rate that falls after two. */
  private static final TrainingRecipe RECIPE =
      new TrainingRecipe(
          new TrainingBasics(4, 8, 1000, 16, 30, 0.05, 0.9, false, 4e-4, 0, true, 8),
          Schedule.STEP,
          2,
          0.1,
          0.1,
          Refinements.NONE);

  private static final Recorder WHOLE = Recorder.toTheEnd();
  private static final TrainingResult UNDISTURBED = ((Finished) train(null, WHOLE)).result();

  private static TrainingOutcome train(byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return ImageTraining.train(
        TORCH,
        DATA,
        new ParallelTrainee(SHAPE, ARCHITECTURE),
        RECIPE,
        7,
        "evaluation-1",
        checkpoint,
        monitor);
  }

  private static RungOutcome trainTo(
      int epoch, byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return ImageTraining.trainTo(
        epoch,
        TORCH,
        DATA,
        new ParallelTrainee(SHAPE, ARCHITECTURE),
        RECIPE,
        7,
        "evaluation-1",
        checkpoint,
        monitor);
  }

  @ParameterizedTest(name = "stopped at every boundary number {0}")
  @ValueSource(ints = {3, 8, 9, 20})
  void stopsAndContinuesBitForBit(int boundaries) {
    List<Double> losses = new ArrayList<>();
    byte @Nullable [] checkpoint = null;
    TrainingOutcome outcome;
    do {
      Recorder recorder = Recorder.stoppingAfter(boundaries);
      outcome = train(checkpoint, recorder);
      losses.addAll(recorder.losses);
      checkpoint = outcome instanceof Stopped stopped ? stopped.checkpoint() : null;
    } while (checkpoint != null);
    TrainingResult result = ((Finished) outcome).result();
    assertThat(losses).isEqualTo(WHOLE.losses).hasSize(32);
    assertThat(result.weights()).isEqualTo(UNDISTURBED.weights());
    assertThat(result.epochs()).isEqualTo(UNDISTURBED.epochs());
    assertThat(result.testAccuracy()).isEqualTo(UNDISTURBED.testAccuracy());
  }

  @Test
  void fromRungToRungItEndsWithTheBitsOfOneThatWentThrough() {
    Reached first = (Reached) trainTo(1, null, Recorder.toTheEnd());
    Reached second = (Reached) trainTo(3, first.checkpoint(), Recorder.toTheEnd());
    Finished last = (Finished) trainTo(4, second.checkpoint(), Recorder.toTheEnd());

    assertThat(first.epochs()).isEqualTo(UNDISTURBED.epochs().subList(0, 1));
    assertThat(second.epochs()).isEqualTo(UNDISTURBED.epochs().subList(0, 3));
    assertThat(second.validationAccuracy())
        .isEqualTo(UNDISTURBED.epochs().get(2).validationAccuracy());
    assertThat(last.result().weights()).isEqualTo(UNDISTURBED.weights());
    assertThat(last.result().epochs()).isEqualTo(UNDISTURBED.epochs());
  }

  @Test
  void aRungThatIsReachedAlreadyIsAnsweredAtOnce() {
    Reached reached = (Reached) trainTo(2, null, Recorder.toTheEnd());
    Recorder recorder = Recorder.toTheEnd();
    Reached again = (Reached) trainTo(2, reached.checkpoint(), recorder);
    assertThat(recorder.losses).isEmpty();
    assertThat(again.checkpoint()).isEqualTo(reached.checkpoint());
    assertThat(again.epochs()).isEqualTo(reached.epochs());
  }

  @Test
  void aStopOnTheWayToARungContinuesBitForBit() {
    Stopped stopped = (Stopped) trainTo(2, null, Recorder.stoppingAfter(11));
    Reached reached = (Reached) trainTo(2, stopped.checkpoint(), Recorder.toTheEnd());
    Reached undisturbed = (Reached) trainTo(2, null, Recorder.toTheEnd());
    assertThat(reached.checkpoint()).isEqualTo(undisturbed.checkpoint());
  }

  @Test
  void aRungBehindTheCheckpointOrBeyondTheTrainingIsRefused() {
    byte[] later = ((Stopped) train(null, Recorder.stoppingAfter(20))).checkpoint();
    assertThatThrownBy(() -> trainTo(1, later, TrainingMonitor.none()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("beyond the rung at 1");
    assertThatThrownBy(() -> trainTo(5, null, TrainingMonitor.none()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("between 1 and 4 epochs");
  }

  @Test
  void anothersCheckpointIsRefused() {
    byte[] checkpoint = ((Stopped) train(null, Recorder.stoppingAfter(3))).checkpoint();
    ParallelArchitecture other = ParallelArchitecture.parse("skip+sep3|skip+dil5|skip+sep5");
    assertThatThrownBy(() ->
            ImageTraining.train(
                TORCH,
                DATA,
                new ParallelTrainee(SHAPE, other),
                RECIPE,
                7,
                "evaluation-1",
                checkpoint,
                TrainingMonitor.none()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("belongs to another training");
  }

  @Test
  void theRateFollowsItsSchedule() {
    assertThat(UNDISTURBED.epochs().stream().map(EpochMetrics::learningRate))
        .containsExactly(0.05, 0.05, 0.05 * 0.1, 0.05 * 0.1);
  }

  @Test
  void weightsAreReadableByTheirNames() {
    Safetensors weights = Safetensors.decode(UNDISTURBED.weights());
    assertThat(weights.metadata()).containsEntry("architecture", ARCHITECTURE.canonical());
    assertThat(weights.arrays())
        .containsKeys("stem.0.weight", "layers.1.skip.odd.weight", "tail.1.running_var");
  }

  @Test
  void freesEveryTensor() {
    int before = TORCH.liveTensors();
    byte[] checkpoint = ((Stopped) train(null, Recorder.stoppingAfter(10))).checkpoint();
    train(checkpoint, Recorder.stoppingAfter(4));
    assertThat(TORCH.liveTensors()).isEqualTo(before);
  }

  @Test
  void smoothedTargetsAreDistributions() {
    TrainingData.Batch batch = new TrainingData(DATA, RECIPE, 1).validation().batch(0, 5);
    float[] plain = batch.targets(4, 0);
    float[] smoothed = batch.targets(4, 0.1);
    assertThat(plain).containsOnly(0, 1);
    for (int i = 0; i < plain.length; i++) {
      assertThat(smoothed[i]).isEqualTo((float) (plain[i] * 0.9 + 0.1 / 4));
    }
  }

  @Test
  void smoothingTakesPartInTheLoss() {
    double plain = loss(0);
    double smoothed = loss(0.5);
    assertThat(smoothed).isNotEqualTo(plain);
  }

  private static double loss(double smoothing) {
    TrainingRecipe recipe =
        new TrainingRecipe(
            new TrainingBasics(1, 64, 64, 16, 30, 0.05, 0.9, false, 0, 0, false, 8),
            Schedule.COSINE,
            1,
            1,
            smoothing,
            Refinements.NONE);
    Recorder recorder = Recorder.stoppingAfter(1);
    ImageTraining.train(
        TORCH, DATA, new ParallelTrainee(SHAPE, ARCHITECTURE), recipe, 7, "e", null, recorder);
    return recorder.losses.getFirst();
  }

  @Test
  void wantOfMemoryHasAType() {
    int before = TORCH.liveTensors();
    NetworkTraining.Task task =
        new NetworkTraining.Task(TORCH, DATA, new Greedy(), RECIPE, 7, "greedy");
    assertThatThrownBy(() -> NetworkTraining.toTheEnd(task, null, TrainingMonitor.none()))
        .isInstanceOf(OutOfMemory.class)
        .hasMessageContaining("make batches smaller");
    assertThat(TORCH.liveTensors()).isEqualTo(before);
  }

  /** Wants 64 TiB. */
  private record Greedy() implements Trainee {
    @Override
    public String kind() {
      return "greedy";
    }

    @Override
    public String canonical() {
      return "greedy";
    }

    @Override
    public TrainableNetwork network(
        Torch torch, int classes, ParameterSource weights, boolean auxiliary) {
      SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();
      parameters.put("weight", torch.leaf(new float[] {1}, 1));
      return new TrainableNetwork() {
        @Override
        public Tensor forward(Tensor images, Phase phase) {
          return torch.full(0, Precision.FLOAT32, 1L << 44);
        }

        @Override
        public SequencedMap<String, Tensor> parameters() {
          return parameters;
        }

        @Override
        public SequencedMap<String, Tensor> buffers() {
          return new LinkedHashMap<>();
        }

        @Override
        public void close() {
          parameters.values().forEach(Tensor::close);
        }
      };
    }
  }
}
