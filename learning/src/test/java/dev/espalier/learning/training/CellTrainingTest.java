package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.data.CifarBinary;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.data.ImageShape;
import dev.espalier.learning.data.Samples;
import dev.espalier.learning.data.SharedFiles;
import dev.espalier.learning.space.nasbench201.CellTrainee;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.learning.training.TrainingOutcome.Finished;
import dev.espalier.learning.training.TrainingOutcome.Stopped;
import dev.espalier.search.failure.Diverged;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.settings.Refinements;
import dev.espalier.search.settings.TrainingBasics;
import dev.espalier.search.space.nasbench201.Cell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellTrainingTest {
  private static final Torch TORCH = Torch.cpu();
  private static final Cell CELL =
      Cell.parse(
          "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|+|skip_connect~0|none~1|nor_conv_3x3~2|");
  private static final ImageDataset DATA = Samples.dataset(new ImageShape(3, 8, 8), 250, 40, 4);

  /** 200 training images in 25 steps of 8; four epochs make 100 steps. */
  private static final TrainingRecipe RECIPE = recipe(0.05, 4);

  /** The run that nothing disturbs; several tests compare with it. */
  private static final Recorder WHOLE = Recorder.toTheEnd();

  private static final TrainingResult UNDISTURBED = finish(null, WHOLE);

  private static TrainingRecipe recipe(double learningRate, int epochs) {
    return new TrainingRecipe(
        new TrainingBasics(epochs, 8, 1000, 30, 30, learningRate, 0.9, true, 5e-4, 2, true, 8),
        Schedule.COSINE,
        1,
        1,
        0,
        Refinements.NONE);
  }

  private static TrainingOutcome train(byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return ImageTraining.train(
        TORCH, DATA, new CellTrainee(CELL, 2, 1), RECIPE, 7, "evaluation-1", checkpoint, monitor);
  }

  private static TrainingResult finish(byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return ((Finished) train(checkpoint, monitor)).result();
  }

  private static byte[] stop(byte @Nullable [] checkpoint, TrainingMonitor monitor) {
    return ((Stopped) train(checkpoint, monitor)).checkpoint();
  }

  @Test
  void hundredStepsEqualFiftyARestartAndFifty() {
    assertThat(WHOLE.losses).hasSize(100);

    Recorder first = Recorder.stoppingAfter(52); // 50 steps and two validation batches
    Recorder second = Recorder.toTheEnd();
    TrainingResult resumed = finish(stop(null, first), second);

    assertThat(first.losses).hasSize(50);
    assertThat(joined(first.losses, second.losses)).isEqualTo(WHOLE.losses);
    assertThat(resumed.weights()).isEqualTo(UNDISTURBED.weights());
    assertThat(resumed.epochs())
        .isEqualTo(UNDISTURBED.epochs())
        .isEqualTo(joined(first.epochs, second.epochs));
    assertThat(resumed.testAccuracy()).isEqualTo(UNDISTURBED.testAccuracy());
  }

  @ParameterizedTest(name = "stopped at boundary {0}")
  @ValueSource(ints = {0, 13, 25, 26, 104})
  void resumesBitForBitFromAnyBoundary(int boundary) {
    byte[] checkpoint = stop(null, Recorder.stoppingAfter(boundary));
    byte[] again = stop(checkpoint, Recorder.stoppingAfter(0));

    assertThat(again).isEqualTo(checkpoint);
    TrainingResult resumed = finish(checkpoint, Recorder.toTheEnd());
    assertThat(resumed.weightsDigest()).isEqualTo(UNDISTURBED.weightsDigest());
    assertThat(resumed.epochs()).isEqualTo(UNDISTURBED.epochs());
  }

  @Test
  void survivesAStopAtEveryTenthBoundary() {
    byte @Nullable [] checkpoint = null;
    TrainingOutcome outcome;
    do {
      outcome = train(checkpoint, Recorder.stoppingAfter(10));
      checkpoint = outcome instanceof Stopped stopped ? stopped.checkpoint() : null;
    } while (checkpoint != null);
    assertThat(((Finished) outcome).result().weightsDigest())
        .isEqualTo(UNDISTURBED.weightsDigest());
  }

  @Test
  void writingCheckpointsChangesNothingAndEachOneContinues() {
    Recorder writing = Recorder.withCheckpointEvery(45);
    assertThat(finish(null, writing).weightsDigest()).isEqualTo(UNDISTURBED.weightsDigest());
    assertThat(writing.checkpoints).hasSize(2);
    for (byte[] checkpoint : writing.checkpoints) {
      assertThat(finish(checkpoint, Recorder.toTheEnd()).weightsDigest())
          .isEqualTo(UNDISTURBED.weightsDigest());
    }
  }

  @Test
  void evaluationSeedAndNothingElseDecideTheDraws() {
    TrainingRecipe brief = recipe(0.05, 1);
    String same = digest(brief, 7, "a");
    assertThat(digest(brief, 7, "a")).isEqualTo(same);
    assertThat(digest(brief, 8, "a")).isNotEqualTo(same);
    assertThat(digest(brief, 7, "b")).isNotEqualTo(same);
  }

  private static String digest(TrainingRecipe recipe, long seed, String evaluation) {
    TrainingOutcome outcome =
        ImageTraining.train(
            TORCH,
            DATA,
            new CellTrainee(CELL, 2, 1),
            recipe,
            seed,
            evaluation,
            null,
            TrainingMonitor.none());
    return ((Finished) outcome).result().weightsDigest();
  }

  @Test
  void aChangedOrShortCheckpointIsNeverLoaded() {
    byte[] sound = stop(null, Recorder.stoppingAfter(5));
    for (int place = 0; place < sound.length; place += 997) {
      byte[] changed = sound.clone();
      changed[place] ^= 0x10;
      assertThatThrownBy(() -> finish(changed, Recorder.toTheEnd()))
          .isInstanceOf(CorruptCheckpoint.class);
    }
    for (int length : new int[] {0, 7, 100, sound.length - 1}) {
      byte[] cut = java.util.Arrays.copyOf(sound, length);
      assertThatThrownBy(() -> finish(cut, Recorder.toTheEnd()))
          .isInstanceOf(CorruptCheckpoint.class);
    }
  }

  @Test
  void anothersCheckpointIsRefused() {
    byte[] checkpoint = stop(null, Recorder.stoppingAfter(5));
    assertThatThrownBy(() ->
            ImageTraining.train(
                TORCH,
                DATA,
                new CellTrainee(CELL, 2, 1),
                RECIPE,
                7,
                "evaluation-2",
                checkpoint,
                TrainingMonitor.none()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("belongs to another training");
  }

  @Test
  void anInfiniteLossIsDivergence() {
    assertThatThrownBy(() ->
            ImageTraining.train(
                TORCH,
                DATA,
                new CellTrainee(CELL, 2, 1),
                recipe(1e30, 4),
                7,
                "evaluation-1",
                null,
                TrainingMonitor.none()))
        .isInstanceOf(Diverged.class)
        .hasMessageContaining("lower evaluation.learningRate");
  }

  @Test
  void freesEveryTensor() {
    int before = TORCH.liveTensors();
    stop(stop(null, Recorder.stoppingAfter(10)), Recorder.stoppingAfter(20));
    assertThat(TORCH.liveTensors()).isEqualTo(before);
  }

  @Test
  void aCellWithoutAnyPathTrainsToo() {
    Cell none = Cell.parse("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|");
    TrainingOutcome outcome =
        ImageTraining.train(
            TORCH,
            DATA,
            new CellTrainee(none, 2, 1),
            recipe(0.05, 1),
            7,
            "e",
            null,
            TrainingMonitor.none());
    assertThat(((Finished) outcome).result().trainLoss()).isPositive();
  }

  @Test
  void weightsAreReadableByTheirNames() {
    Safetensors weights = Safetensors.decode(UNDISTURBED.weights());
    assertThat(weights.metadata())
        .containsEntry("cell", CELL.canonical())
        .containsEntry("evaluation", "evaluation-1");
    assertThat(weights.arrays())
        .containsKeys("stem.0.weight", "classifier.bias", "lastact.0.running_var");
  }

  /** Real pictures: 400 images for three epochs, far above the chance of 0.1 on what it saw. */
  @Test
  void learnsFromRealImages() throws IOException {
    ImageDataset cifar =
        CifarBinary.of(CifarBinary.Variant.CIFAR10)
            .read("cifar10", SharedFiles.of("data/cifar10-subset"), 0);
    TrainingRecipe recipe =
        new TrainingRecipe(
            new TrainingBasics(4, 20, 400, 100, 100, 0.05, 0.9, true, 5e-4, 0, false, 16),
            Schedule.COSINE,
            1,
            1,
            0,
            Refinements.NONE);
    Recorder recorder = Recorder.toTheEnd();
    TrainingResult result =
        ((Finished)
                ImageTraining.train(
                    TORCH, cifar, new CellTrainee(CELL, 4, 1), recipe, 1, "real", null, recorder))
            .result();

    assertThat(recorder.epochs).hasSize(4);
    assertThat(result.epochs().getLast().trainAccuracy()).isGreaterThan(0.3);
    assertThat(result.epochs().getLast().trainLoss())
        .isLessThan(result.epochs().getFirst().trainLoss());
    assertThat(result.testAccuracy()).isGreaterThan(0.2);
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  @Test
  void safetensorsComeBackAndAreCheckedForPlace() {
    NamedArray array = new NamedArray("a", new long[] {2, 1}, new float[] {-0f, Float.MIN_VALUE});
    Safetensors file = Safetensors.of(Map.of("k", "v"), List.of(array));
    Safetensors read = Safetensors.decode(file.encode());
    assertThat(read.metadata()).containsEntry("k", "v");
    float[] values = read.arrays().firstEntry().getValue().values();
    assertThat(Float.floatToRawIntBits(values[0])).isEqualTo(0x8000_0000);
    assertThat(values[1]).isEqualTo(Float.MIN_VALUE);
    byte[] bytes = file.encode();
    assertThatThrownBy(() -> Safetensors.decode(java.util.Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(CorruptCheckpoint.class);
  }

  /** As other programs write them, to need half the room. */
  @Test
  void safetensorsOfHalfPrecisionAreRead() {
    for (String type : List.of("F16", "BF16")) {
      short[] halves =
          type.equals("F16")
              ? new short[] {Float.floatToFloat16(0.5f), Float.floatToFloat16(-65504)}
              : new short[] {0x3f00, (short) 0xc77f};
      byte[] header =
          "{\"a\":{\"dtype\":\"%s\",\"shape\":[2],\"data_offsets\":[0,4]}}"
              .formatted(type)
              .getBytes(StandardCharsets.US_ASCII);
      ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 4).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putLong(header.length).put(header).putShort(halves[0]).putShort(halves[1]);
      float[] values = Safetensors.decode(bytes.array()).arrays().firstEntry().getValue().values();
      assertThat(values[0]).isEqualTo(0.5f);
      assertThat(values[1]).isEqualTo(type.equals("F16") ? -65504f : -65280f);
      assertThatThrownBy(() ->
              Safetensors.decode(java.util.Arrays.copyOf(bytes.array(), bytes.capacity() - 1)))
          .isInstanceOf(CorruptCheckpoint.class)
          .hasMessageContaining("the file is cut short: array a ends at byte 4 of 3");
    }
  }
}
