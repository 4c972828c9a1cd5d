package dev.espalier.cli.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose processes are all this one, which runs. */
class RunningHomeTest {
  private static final ProcessIdentity ME = ProcessIdentity.ofThisProcess();

  @TempDir Path folder;

  private Home home() {
    return new Home(folder);
  }

  @BeforeEach
  void prepare() {
    home().prepare();
  }

  private void write(boolean alive, @Nullable Instant ready, boolean ending) throws IOException {
    Instant since = alive ? ME.startedAt() : ME.startedAt().minusSeconds(60);
    String mark = alive ? ME.mark() : "an-earlier-boot:0";
    Processes processes =
        Processes.of(new Processes.Supervisor(ME.pid(), since, mark, true, ready, false), "secret")
            .with(new Processes.Temporal(0, null, "", "127.0.0.1:20001", 0, null))
            .with(new Processes.Store("mongodb://127.0.0.1:20003/espalier"))
            .with(
                new Processes.Api(
                    ME.pid(), ME.startedAt(), ME.mark(), 20004, "http://127.0.0.1:20004"));
    (ending ? processes.whileEnding() : processes).write(home().processesFile());
  }

  @Test
  void isFoundOnceEveryPartAnswers() throws IOException {
    write(true, null, false);
    assertThat(RunningHome.find(home())).isEmpty();
    assertThat(RunningHome.findReadable(home())).isPresent();
    write(true, Instant.now(), false);
    assertThat(RunningHome.find(home()))
        .hasValueSatisfying(found -> assertThat(found.url()).isEqualTo("http://127.0.0.1:20004"));
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
