package dev.espalier.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration SHORT_LIFE = Duration.ofSeconds(1);
  private static final Duration LONG_LIFE = Duration.ofMinutes(5);
  private final Backoff backoff = Backoff.STANDARD;

  @Test
  void isShortForAPartThatRanWellAndDoublesWhileItKeepsDying() {
    Duration first = backoff.after(Duration.ZERO, SHORT_LIFE);
    Duration second = backoff.after(first, SHORT_LIFE);

    assertThat(first).isEqualTo(Duration.ofMillis(200));
    assertThat(second).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.after(Duration.ofSeconds(12), SHORT_LIFE)).isEqualTo(Duration.ofSeconds(15));
    assertThat(backoff.after(Duration.ofSeconds(12), LONG_LIFE)).isEqualTo(first);
  }
}
