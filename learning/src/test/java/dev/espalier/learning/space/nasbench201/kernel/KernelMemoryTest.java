package dev.espalier.learning.space.nasbench201.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.failure.OutOfMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The memory of kernels")
class KernelMemoryTest {
  private static final int MEGABYTE = 1 << 20;

  private static int fill(Buffers buffers, int megabytes) {
    return buffers.take("large", megabytes * MEGABYTE / Float.BYTES).length;
  }

  @Test
  void keepsOneSetForAllSeedsAndExperimentsThatComeOneAfterAnother() {
    KernelMemory memory = new KernelMemory(100 * MEGABYTE);
    AtomicReference<Buffers> last = new AtomicReference<>();
    for (int experiment = 0; experiment < 200; experiment++) {
      memory.with(
          "same",
          () -> {},
          buffers -> {
            assertThat(last.getAndSet(buffers)).isIn(null, buffers);
            return fill(buffers, 10);
          });
      assertThat(memory.keptBytes()).isEqualTo(10 * MEGABYTE);
    }
  }

  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 2, 16, 64})
  void isNeverExceededByManyAtATime(int threads) throws Exception {
    KernelMemory memory = new KernelMemory(40 * MEGABYTE);
    memory.with("shape", () -> {}, buffers -> fill(buffers, 10)); // counts as 12.5
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int kernel = 0; kernel < 3 * threads; kernel++) {
        all.add(
            pool.submit(() ->
                memory.with(
                    "shape",
                    () -> {},
                    buffers -> {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      int filled = fill(buffers, 10);
                      running.decrementAndGet();
                      return filled;
                    })));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(most.get()).isBetween(1, 3);
    assertThat(memory.keptBytes()).isLessThanOrEqualTo(40 * MEGABYTE);
  }

  @Test
  void letsOneGoAloneThatTakesMoreThanThereIs() {
    KernelMemory memory = new KernelMemory(MEGABYTE);
    for (int time = 0; time < 3; time++) {
      assertThat(memory.<Integer>with("large", () -> {}, buffers -> fill(buffers, 10)))
          .isPositive();
      assertThat(memory.keptBytes()).isZero();
    }
  }

  @Test
  void forgetsTheArraysOfShapesThatAreNotUsedAnyMore() {
    KernelMemory memory = new KernelMemory(40 * MEGABYTE);
    for (int shape = 0; shape < 20; shape++) {
      memory.with(shape, () -> {}, buffers -> fill(buffers, 10));
      assertThat(memory.keptBytes()).isLessThanOrEqualTo(40 * MEGABYTE);
    }
  }

  @Test
  void isWaitedForNoLongerThanTheWorkIsWanted() throws Exception {
    KernelMemory memory = new KernelMemory(MEGABYTE);
    memory.with(
        "first",
        () -> {},
        _ -> {
          assertThatThrownBy(() ->
                  memory.with(
                      "second",
                      () -> {
                        throw new IllegalStateException("stopped");
                      },
                      buffers -> fill(buffers, 1)))
              .hasMessage("stopped");
          return 1;
        });
    assertThat(memory.<Integer>with("second", () -> {}, buffers -> fill(buffers, 1))).isPositive();
  }

  @Test
  void refusesWhatJavaCannotHold() {
    assertThatThrownBy(() -> new Buffers().take("large", Runtime.getRuntime().maxMemory()))
        .isInstanceOf(OutOfMemory.class)
        .hasMessageContaining("lower ntk.batch")
        .hasMessageContaining("ESPALIER_JVM=-Xmx");
  }
}
