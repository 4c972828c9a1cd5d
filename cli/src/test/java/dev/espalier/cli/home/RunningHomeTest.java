package dev.espalier.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose processes are all one that runs. */
class RunningHomeTest {
  @TempDir Path folder;
  private @Nullable IdlePart part;
  private int port = 1;

  @AfterEach
  void end() {
    if (part != null) {
      part.close();
    }
  }

  private Home home() {
    return new Home(folder);
  }

  @BeforeEach
  void prepare() throws IOException {
    part = IdlePart.of(home().prepare());
  }

  private void write(boolean alive, @Nullable Instant ready, boolean ending) throws IOException {
    ProcessIdentity me = Objects.requireNonNull(part).identity();
    Instant since = alive ? me.startedAt() : me.startedAt().minusSeconds(60);
    String mark = alive ? me.mark() : "an-earlier-boot:0";
    Processes processes =
        Processes.of(
                HomePlace.of(home()),
                new Processes.Supervisor(me.pid(), since, mark, true, ready, false),
                "secret")
            .with(new Processes.Temporal(0, null, "", "127.0.0.1:20001", 0, null))
            .with(new Processes.Store("mongodb://127.0.0.1:20003/espalier"))
            .with(
                new Processes.Api(
                    me.pid(), me.startedAt(), me.mark(), port, "http://127.0.0.1:" + port));
    (ending ? processes.whileEnding() : processes).write(home().processesFile());
  }

  @Test
  void isFoundOnceEveryPartAnswers() throws IOException {
    write(true, null, false);
    assertThat(RunningHome.find(home())).isEmpty();
    assertThat(RunningHome.findReadable(home())).isPresent();
    write(true, Instant.now(), false);
    assertThat(RunningHome.find(home()))
        .hasValueSatisfying(found -> assertThat(found.url()).isEqualTo("http://127.0.0.1:" + port));
  }

  @Test
  void isNotFoundWhereAnotherProcessListensOnItsPort() throws IOException {
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = stranger.getLocalPort();
      write(true, Instant.now(), false);
      assertThat(RunningHome.find(home())).isEmpty();
      assertThat(RunningHome.findReadable(home())).isEmpty();
    }
    assertThat(RunningHome.find(home())).isPresent();
  }

  @Test
  void isNeitherUsedNorReadFromWhileItEnds() throws IOException {
    write(true, Instant.now(), true);
    assertThat(RunningHome.find(home())).isEmpty();
    assertThat(RunningHome.findReadable(home())).isEmpty();
  }

  @Test
  void isReadFromWhereOnlyItsSupervisorWasKilled() throws IOException {
    write(false, Instant.now(), false);
    assertThat(RunningHome.find(home())).isEmpty();
    assertThat(RunningHome.findReadable(home())).isPresent();
    write(false, Instant.now(), true);
    assertThat(RunningHome.findReadable(home())).isPresent();
  }
}
