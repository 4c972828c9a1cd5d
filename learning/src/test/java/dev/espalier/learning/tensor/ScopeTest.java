package dev.espalier.learning.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Ownership of native memory, and the gradient mode that goes with it. */
class ScopeTest {
  private final Torch torch = Torch.cpu();

  @Test
  void theModeOfTheThreadIsRestoredAfterAnException() {
    boolean before = JniUtils.isGradMode();
    Throwable failure =
        catchThrowable(() -> {
          try (Scope _ = torch.recording()) {
            try (Scope _ = torch.inference()) {
              assertThat(JniUtils.isGradMode()).isFalse();
            }
            assertThat(JniUtils.isGradMode()).isTrue();
            throw new IllegalArgumentException("midway");
          }
        });
    assertThat(failure).hasMessage("midway");
    assertThat(JniUtils.isGradMode()).isEqualTo(before);
  }

  @Test
  void aFreshThreadDoesNotRecordInAnInferenceScope() throws InterruptedException {
    AtomicReference<Boolean> mode = new AtomicReference<>();
    AtomicReference<Boolean> recorded = new AtomicReference<>();
    Thread thread =
        Thread.ofPlatform()
            .start(() -> {
              try (Tensor leaf = torch.leaf(new float[] {1}, 1);
                  Scope _ = torch.inference()) {
                mode.set(JniUtils.isGradMode());
                recorded.set(leaf.square().isRecorded());
              }
            });
    thread.join();
    assertThat(mode).hasValue(false);
    assertThat(recorded).hasValue(false);
  }

  @Test
  void virtualThreadsAreRefused() throws InterruptedException {
    AtomicReference<Throwable> scope = new AtomicReference<>();
    AtomicReference<Throwable> leaf = new AtomicReference<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              scope.set(catchThrowable(torch::recording));
              leaf.set(catchThrowable(() -> torch.leaf(new float[] {1}, 1)));
            });
    thread.join();
    assertThat(scope.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("platform thread");
    assertThat(leaf.get()).hasMessageContaining("platform thread");
  }

  @Test
  void nothingOutlivesItsScopeButWhatIsKept() {
    int before = torch.liveTensors();
    Tensor kept;
    Tensor freed;
    try (Scope _ = torch.recording();
        Tensor leaf = torch.leaf(new float[] {1, 2, 3, 4}, 1, 1, 2, 2)) {
      Tensor x = Ops.averagePool(Ops.relu(leaf.multiply(2)), 2, 2, 0).add(1);
      Gradients.of(x.sum(), List.of(leaf));
      Ops.split(Ops.concatenate(List.of(x, x), 1), 1, 1, 1);
      freed = x.transpose(2, 3);
      kept = x.copy().keep();
      assertThat(torch.liveTensors()).isGreaterThan(before + 5);
    }
    assertThat(torch.liveTensors()).isEqualTo(before + 1);
    assertThat(kept.toFloats()).containsExactly(6);
    kept.close();
    assertThat(torch.liveTensors()).isEqualTo(before);
    assertThatThrownBy(freed::toFloats)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keep()");
  }

  @Test
  void anOperationWithoutScopeIsRefusedBeforeItTakesMemory() {
    try (Tensor leaf = torch.leaf(new float[] {1}, 1)) {
      int before = torch.liveTensors();
      assertThatThrownBy(leaf::square)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("torch.inference()");
      assertThatThrownBy(() -> Ops.relu(leaf)).hasMessageContaining("torch.inference()");
      assertThat(torch.liveTensors()).isEqualTo(before);
    }
  }

  @Test
  void scopesCloseInnermostFirst() {
    try (Scope outer = torch.inference()) {
      try (Scope _ = torch.inference()) {
        assertThatThrownBy(outer::close)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("innermost first");
      }
    }
  }
}
