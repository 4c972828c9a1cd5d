package dev.espalier.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
  @Test
  void findsTheProcessItNames() {
    assertThat(ProcessIdentity.ofThisProcess().running()).contains(ProcessHandle.current());
  }

  @Test
  void neverTakesALaterProcessOfTheSameIdForIt() {
    ProcessIdentity me = ProcessIdentity.ofThisProcess();

    assertThat(new ProcessIdentity(me.pid(), me.startedAt(), me.mark() + "0").isRunning())
        .as("another mark")
        .isFalse();
    assertThat(new ProcessIdentity(me.pid(), me.startedAt().minusSeconds(60), "").isRunning())
        .as("without a mark, another start")
        .isFalse();
    assertThat(new ProcessIdentity(me.pid(), me.startedAt().plusMillis(900), "").isRunning())
        .as("without a mark, the same start but for rounding")
        .isTrue();
  }

  @Test
  void knowsThatAProcessWasKilled() throws IOException, InterruptedException {
    Process sleeper = new ProcessBuilder("sleep", "600").start();
    ProcessIdentity identity = ProcessIdentity.of(sleeper.toHandle()).orElseThrow();
    assertThat(identity.isRunning()).isTrue();

    sleeper.destroyForcibly().waitFor();

    assertThat(identity.isRunning()).isFalse();
  }
}
