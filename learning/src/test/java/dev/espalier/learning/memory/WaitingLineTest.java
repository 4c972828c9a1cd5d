package dev.espalier.learning.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class WaitingLineTest {
  private final WaitingLine line = new WaitingLine();
  private final AtomicBoolean room = new AtomicBoolean();
  private final CountDownLatch waits = new CountDownLatch(1);

  /** In a thread of its own: the common pool may have but one. */
  private CompletableFuture<String> asked(Supplier<Optional<String>> share) {
    return CompletableFuture.supplyAsync(
        () -> line.await(share, waits::countDown),
        task -> Thread.ofPlatform().daemon().start(task));
  }

  @Test
  void whoAskedLaterWaitsEvenIfThereWouldBeEnoughForThem() throws Exception {
    CompletableFuture<String> first =
        asked(() -> room.get() ? Optional.of("large") : Optional.empty());
    assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<String> second = asked(() -> Optional.of("small"));
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
