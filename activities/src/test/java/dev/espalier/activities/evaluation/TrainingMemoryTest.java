package dev.espalier.activities.evaluation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.activities.unit.Stopped;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class TrainingMemoryTest {
  private static final long GIGABYTE = 1L << 30;

  private final AtomicLong left = new AtomicLong(16 * GIGABYTE);
  private final AtomicLong resident = new AtomicLong();
  private final TrainingMemory memory =
      new TrainingMemory(() -> OptionalLong.of(left.get()), resident::get);

  private CompletableFuture<TrainingMemory.Turn> asked() {
    return CompletableFuture.supplyAsync(() -> memory.turn("shape", () -> {}));
  }

  private static void stays(CompletableFuture<?> waiting) {
    assertThatThrownBy(() -> waiting.get(400, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  private void begin(TrainingMemory.Turn turn, long bytes) {
    resident.addAndGet(bytes);
    left.addAndGet(-bytes);
    for (int step = 0; step < 3; step++) {
      turn.step();
    }
  }

  @Test
  void trainingsBeginOneAfterAnotherAndThenRunTogether() throws Exception {
    TrainingMemory.Turn first = memory.turn("shape", () -> {});
    CompletableFuture<TrainingMemory.Turn> second = asked();
    stays(second);
    begin(first, GIGABYTE);
    try (TrainingMemory.Turn begun = second.get(10, TimeUnit.SECONDS)) {
      begin(begun, GIGABYTE);
    }
    first.close();
  }

  @Test
  void oneForWhichThereIsNoMemoryWaitsForTheEndOfAnother() throws Exception {
    TrainingMemory.Turn first = memory.turn("shape", () -> {});
    begin(first, 15 * GIGABYTE);
    CompletableFuture<TrainingMemory.Turn> second = asked();
    stays(second);
    first.close(); // the allocator keeps what it took: the next one runs alone all the same
    second.get(10, TimeUnit.SECONDS).close();
  }

  @Test
  void oneThatFailsBeforeItsFirstStepsHoldsUpNobody() throws Exception {
    TrainingMemory.Turn first = memory.turn("shape", () -> {});
    CompletableFuture<TrainingMemory.Turn> second = asked();
    stays(second);
    first.close();
    second.get(10, TimeUnit.SECONDS).close();
  }

  @Test
  void waitingEndsWhenTheAttemptShouldStop() {
    TrainingMemory.Turn first = memory.turn("shape", () -> {});
    assertThatThrownBy(() ->
            memory.turn(
                "shape",
                () -> {
                  throw new Stopped();
                }))
        .isInstanceOf(Stopped.class);
    first.close();
    memory.turn("shape", () -> {}).close(); // the one that left is not waited for
  }

  @Test
  void whereTheSystemTellsNothingAllRun() {
    TrainingMemory unknown = new TrainingMemory(OptionalLong::empty, () -> 0);
    TrainingMemory.Turn first = unknown.turn("shape", () -> {});
    for (int step = 0; step < 3; step++) {
      first.step();
    }
    unknown.turn("shape", () -> {}).close();
    first.close();
  }
}
