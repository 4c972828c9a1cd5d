package dev.espalier.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeLock;
import dev.espalier.cli.home.HomePlace;
import dev.espalier.cli.home.IdlePart;
import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.cli.home.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This process is a worker; another part is a process of its own. */
class AbandonedTest {
  private static final ProcessIdentity ME = ProcessIdentity.ofThisProcess();

  @TempDir Path folder;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final List<String> said = new ArrayList<>();
  private OptionalInt unfinished = OptionalInt.of(0);
  private IdlePart temporal;
  private Abandoned abandoned;

  private Home home() {
    return new Home(folder);
  }

  @BeforeEach
  void begin() throws IOException {
    temporal = IdlePart.of(home().prepare());
    abandoned = new Abandoned(home(), () -> unfinished, () -> ended.set(true), said::add);
    write(false);
  }

  @AfterEach
  void end() {
    temporal.close();
  }

  private void write(boolean supervised) throws IOException {
    ProcessIdentity server = temporal.identity();
    Processes.of(
            HomePlace.of(home()),
            new Processes.Supervisor(
                ME.pid(),
                ME.startedAt(),
                supervised ? ME.mark() : "an-earlier-boot:0",
                false,
                Instant.now(),
                false),
            "secret")
        .with(
            new Processes.Temporal(
                server.pid(), server.startedAt(), server.mark(), "127.0.0.1:1", 1, null))
        .with(new Processes.Worker(ME.pid(), ME.startedAt(), ME.mark(), "worker-cpu", "cpu", 1))
        .write(home().processesFile());
  }

  private boolean isOverAt(int seconds) {
    return abandoned.isOver(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void partsEndWhenNothingIsLeftToDo() throws IOException {
    assertThat(isOverAt(1)).isFalse();
    assertThat(isOverAt(60)).isFalse();
    assertThat(isOverAt(61)).isTrue();

    assertThat(abandoned.endAll()).isTrue();
    assertThat(ended).isTrue();
    assertThat(temporal.isAlive()).isFalse();
    assertThat(Processes.of(home())).isEqualTo(Processes.none());
  }

  @Test
  void partsGoOnAsLongAsThereIsWork() {
    unfinished = OptionalInt.of(1);
    assertThat(isOverAt(1)).isFalse();
    assertThat(isOverAt(100_000)).isFalse();
    unfinished = OptionalInt.of(0);
    assertThat(isOverAt(100_059)).isFalse();
    assertThat(isOverAt(100_060)).isTrue();
  }

  @Test
  void partsWhoseStoreIsGoneEndAfterTenMinutes() {
    unfinished = OptionalInt.empty();
    assertThat(isOverAt(1)).isFalse();
    assertThat(isOverAt(600)).isFalse();
    assertThat(isOverAt(601)).isTrue();
  }

  @Test
  void partsUnderAnUpDoNotEndByThemselves() throws IOException {
    write(true);
    assertThat(isOverAt(1)).isFalse();
    assertThat(isOverAt(100_000)).isFalse();
  }

  @Test
  void anUpThatTakesTheHomeMeanwhileIsLeftToItsWork() {
    try (HomeLock _ = HomeLock.tryTake(home(), "up", Duration.ZERO).orElseThrow()) {
      assertThat(abandoned.endAll()).isFalse();
    }
    assertThat(ended).isFalse();
    assertThat(temporal.isAlive()).isTrue();
  }
}
