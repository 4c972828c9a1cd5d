package dev.espalier.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.ChildJvm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
  @TempDir Path folder;
  private Home home;

  @BeforeEach
  void prepare() {
    home = new Home(folder.resolve("home")).prepare();
  }

  /** Takes the lock of the home that is its argument, and keeps it until it is killed. */
  static final class Keeps {
    public static void main(String[] arguments) throws InterruptedException {
      Home home = new Home(Path.of(arguments[0]));
      try (HomeLock _ = HomeLock.tryTake(home, "up", Duration.ZERO).orElseThrow()) {
        System.out.println("taken");
        Thread.currentThread().join();
      }
    }
  }

  @Test
  void isHeldAgainstOtherProcessesAndGivenBackByTheSystemWhenItsHolderIsKilled() throws Exception {
    try (ChildJvm holder = ChildJvm.start(Keeps.class, home.root())) {
      holder.awaitLine("taken");

      assertThat(HomeLock.tryTake(home, "show", Duration.ZERO)).isEmpty();
      assertThat(HomeLock.holder(home)).isEqualTo("process %d (up)".formatted(holder.pid()));

      holder.kill();
      HomeLock.tryTake(home, "show", Duration.ofSeconds(20)).orElseThrow().close();
    }
  }

  @Test
  void isHeldAgainstItsOwnProcessTooAndNotLostByTrying() throws Exception {
    try (HomeLock _ = HomeLock.tryTake(home, "up", Duration.ZERO).orElseThrow()) {
      assertThat(HomeLock.tryTake(home, "list", Duration.ZERO)).isEmpty();

      try (ChildJvm other = ChildJvm.start(Keeps.class, home.root())) {
        assertThat(other.awaitExit(new java.util.ArrayList<>())).isNotZero();
      }
    }
    HomeLock.tryTake(home, "list", Duration.ZERO).orElseThrow().close();
  }

  @Test
  void isOfOneHomeOnly() {
    Home other = new Home(folder.resolve("other")).prepare();
    try (HomeLock _ = HomeLock.tryTake(home, "up", Duration.ZERO).orElseThrow();
        HomeLock _ = HomeLock.tryTake(other, "up", Duration.ZERO).orElseThrow()) {
      assertThat(HomeLock.holder(other)).contains("(up)");
    }
  }
}
