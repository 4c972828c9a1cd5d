package dev.espalier.learning.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.OutOfMemory;
import org.junit.jupiter.api.Test;

class TorchTest {
  private final Torch torch = Torch.cpu();

  @Test
  void isStartedOnceAProcess() {
    assertThat(Torch.on("cpu")).isSameAs(torch);
  }

  @Test
  void namesWhatMayChangeTheBitsOfAResult() {
    // a processor whose bits are not those of most says so by its fingerprint
    assertThat(torch.numericClass()).matches("cpu/torch-2[.]7[.]1/avx2(-[0-9a-f]{8})?/threads-1");
    assertThat(torch.environment())
        .containsEntry("torch", "2.7.1")
        .containsEntry("threads", "1")
        .containsEntry("djl", "0.35.1");
  }

  @Test
  void saysPlainlyThatThereIsNoGpu() {
    assumeTrue(
        Engine.getInstance().getGpuCount() == 0, "SKIPPED: this machine has a GPU that torch sees");
    assertThatThrownBy(() -> Torch.on("cuda:0"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("cuda:0 was asked for")
        .hasMessageContaining("use cpu");
  }

  @Test
  void refusesDevicesItDoesNotKnow() {
    assertThatThrownBy(() -> Torch.on("gpu"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("device gpu is not known: use cpu, or cuda:0");
  }

  @Test
  void givesWantOfMemoryAType() {
    try (Scope _ = torch.inference()) {
      assertThatThrownBy(() -> torch.guarded(() -> torch.full(0, Precision.FLOAT32, 1L << 44)))
          .isInstanceOf(OutOfMemory.class)
          .hasMessageContaining("cpu")
          .hasMessageContaining("make batches smaller");
    }
  }

  @Test
  void tellsHowMuchMemoryIsInUse() {
    assertThat(torch.deviceMemoryBytes()).isBetween(50L << 20, 64L << 30);
  }
}
