package dev.espalier.cli.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;

  private static Processes some(String secret) {
    return Processes.of(new Processes.Supervisor(11, START, "boot:1", true, START, false), secret)
        .with(new Processes.Temporal(12, START, "boot:2", "127.0.0.1:20001", 20002, "mine"))
        .with(new Processes.Store("mongodb://127.0.0.1:20003/espalier"))
        .with(new Processes.Api(13, START, "boot:3", 20004, "http://127.0.0.1:20004"))
        .with(new Processes.Worker(14, START, "boot:4", "worker-cpu", "cpu", 20005));
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve("processes.json");
    some("secret").write(file);

    assertThat(Processes.read(file)).isEqualTo(some("secret"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void isNoneWhereThereIsNoFile() throws IOException {
    assertThat(Processes.read(folder.resolve("none.json"))).isEqualTo(Processes.none());
  }

  @Test
  void namesATornFile() throws IOException {
    Path file = Files.writeString(folder.resolve("torn.json"), "{\"supervisor\":{\"pid\":1");

    assertThatThrownBy(() -> Processes.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("torn.json");
  }

  @Test
  void listsItsPartsInTheOrderInWhichTheyAreToEnd() {
    assertThat(some("s").parts())
        .extracting(Processes.Part::name)
        .containsExactly("worker-cpu", "api", "temporal");
  }

  @Test
  void leavesOutServersThatAreSomeoneElses() {
    Processes elsewhere =
        some("s").with(new Processes.Temporal(0, null, "", "10.0.0.1:7233", 0, null));

    assertThat(elsewhere.parts())
        .extracting(Processes.Part::name)
        .containsExactly("worker-cpu", "api");
  }

  @Test
  void replacesAWorkerOfTheSameName() {
    Processes changed =
        some("s").with(new Processes.Worker(99, START, "boot:9", "worker-cpu", "cpu", 20005));

    assertThat(changed.workers()).extracting(Processes.Worker::pid).containsExactly(99L);
  }

  @Test
  void isNeverSeenHalfWritten() throws Exception {
    Path file = folder.resolve("processes.json");
    List<Processes> versions = Stream.of("a", "b".repeat(20_000)).map(ProcessesTest::some).toList();
    versions.getFirst().write(file);
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < 200; i++) {
                try {
                  versions.get(i % 2).write(file);
                } catch (IOException e) {
                  break;
                }
              }
              done.set(true);
            });

    while (!done.get()) {
      assertThat(versions).contains(Processes.read(file));
    }
    writer.join();
  }
}
