package dev.espalier.learning.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.Diverged;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoopTest {
  private static final int EPOCHS = 25;

  @ParameterizedTest
  @EnumSource
  void hundredStepsAreFiftyARestartAndFiftyBitForBit(PlaneFit.Kind kind) {
    int live = Torch.cpu().liveTensors();
    byte[] half;
    byte[] whole;
    byte[] resumed;
    try (PlaneFit undisturbed = new PlaneFit(kind, 0.05, null)) {
      assertThat(Loop.run(undisturbed, EPOCHS, Recorder.toTheEnd())).isTrue();
      whole = undisturbed.checkpoint();
      assertThat(undisturbed.losses()).hasSize(100);
      assertThat(undisturbed.losses().getLast()).isLessThan(undisturbed.losses().getFirst() / 10);
    }
    try (PlaneFit stopped = new PlaneFit(kind, 0.05, null)) {
      assertThat(Loop.run(stopped, EPOCHS, Recorder.stoppingAfter(50))).isFalse();
      assertThat(stopped.losses()).hasSize(50);
      half = stopped.checkpoint();
    }
    try (PlaneFit rest = new PlaneFit(kind, 0.05, half)) {
      assertThat(Loop.run(rest, EPOCHS, Recorder.toTheEnd())).isTrue();
      resumed = rest.checkpoint();
    }

    assertThat(resumed).isEqualTo(whole);
    assertThat(Torch.cpu().liveTensors()).isEqualTo(live);
  }

  @ParameterizedTest
  @EnumSource
  void everyCheckpointOnTheWayContinuesToTheSameBytes(PlaneFit.Kind kind) {
    Recorder recorder = Recorder.withCheckpointEvery(1);
    try (PlaneFit undisturbed = new PlaneFit(kind, 0.05, null)) {
      Loop.run(undisturbed, 3, recorder);
      byte[] whole = undisturbed.checkpoint();
      assertThat(recorder.checkpoints).hasSize(12);
      for (byte[] checkpoint : recorder.checkpoints) {
        try (PlaneFit rest = new PlaneFit(kind, 0.05, checkpoint)) {
          Loop.run(rest, 3, Recorder.toTheEnd());
          assertThat(rest.checkpoint()).isEqualTo(whole);
        }
      }
    }
  }

  @Test
  void whatHasEnoughEndsEarly() {
    try (PlaneFit fit = new PlaneFit(PlaneFit.Kind.ADAM, 0.05, null)) {
      fit.enough = 2;

      assertThat(Loop.run(fit, EPOCHS, Recorder.toTheEnd())).isTrue();
      assertThat(fit.position()).isEqualTo(new Position(2, 0));
    }
  }

  @Test
  void aLossThatIsNotFiniteEndsItWithItsPlace() {
    try (PlaneFit fit = new PlaneFit(PlaneFit.Kind.SGD, 1e30, null)) {
      assertThatThrownBy(() -> Loop.run(fit, EPOCHS, Recorder.toTheEnd()))
          .isInstanceOf(Diverged.class)
          .hasMessageContaining("Position[epoch=0, step=1]");
    }
  }

  @Test
  void aChangedByteIsNoticed() {
    try (PlaneFit fit = new PlaneFit(PlaneFit.Kind.ADAM, 0.05, null)) {
      byte[] checkpoint = fit.checkpoint();
      byte[] changed = Arrays.copyOf(checkpoint, checkpoint.length);
      changed[changed.length - 1] ^= 1;

      assertThatThrownBy(() -> new PlaneFit(PlaneFit.Kind.ADAM, 0.05, changed))
          .isInstanceOf(CorruptCheckpoint.class);
    }
  }
}
