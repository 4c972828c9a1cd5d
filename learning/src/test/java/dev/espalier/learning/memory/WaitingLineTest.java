package dev.espalier.learning.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class WaitingLineTest {
  private final WaitingLine line = new WaitingLine();
  private final AtomicBoolean room = new AtomicBoolean();
  private final CountDownLatch waits = new CountDownLatch(1);

  private CompletableFuture<String> large() {
    return CompletableFuture.supplyAsync(() ->
        line.await(() -> room.get() ? Optional.of("large") : Optional.empty(), waits::countDown));
  }

  @Test
  void whoAskedLaterWaitsEvenIfThereWouldBeEnoughForThem() throws Exception {
    CompletableFuture<String> first = large();
    assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<String> second =
        CompletableFuture.supplyAsync(() -> line.await(() -> Optional.of("small"), () -> {}));
    assertThatThrownBy(() -> second.get(400, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    line.change(() -> room.set(true));
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("large");
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("small");
  }

  @Test
  void whoLeavesTheLineIsNotWaitedFor() {
    assertThatThrownBy(() ->
            line.await(
                Optional::empty,
                () -> {
                  throw new IllegalStateException("enough waited");
                }))
        .hasMessage("enough waited");
    assertThat(line.<String>await(() -> Optional.of("next"), () -> {})).isEqualTo("next");
  }
}
