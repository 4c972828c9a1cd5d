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
    return Processes.of(
            new HomePlace("/home/ada/.espalier", "(dev=1,ino=2)"),
            new Processes.Supervisor(11, START, "boot:1", true, START, false),
            secret)
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

  private static Processes written(Home home, IdlePart worker) throws IOException {
    ProcessIdentity process = worker.identity();
    Processes processes =
        Processes.of(
                HomePlace.of(home),
                new Processes.Supervisor(1, START, "an-earlier-boot:0", false, null, false),
                "secret")
            .with(
                new Processes.Worker(
                    process.pid(), process.startedAt(), process.mark(), "worker-cpu", "cpu", 1));
    processes.write(home.processesFile());
    return processes;
  }

  @Test
  void aCopysProcessesAreThoseOfTheHomeItWasCopiedFrom() throws IOException {
    Home home = new Home(folder.resolve("home")).prepare();
    Home copy = new Home(folder.resolve("home-copy")).prepare();
    try (IdlePart worker = IdlePart.of(home)) {
      written(home, worker).write(copy.processesFile());

      assertThat(Processes.of(home).running(home)).hasSize(1);
      assertThat(Processes.of(copy)).isEqualTo(Processes.none());
      assertThat(Processes.read(copy.processesFile()).running(copy)).isEmpty();
    }
  }

  @Test
  void aHomeIsTheSameWhenItWasMovedOrIsReachedThroughALink() throws IOException {
    Home home = new Home(folder.resolve("home")).prepare();
    try (IdlePart worker = IdlePart.of(home)) {
      written(home, worker);
      Home moved = new Home(folder.resolve("moved"));
      Files.move(home.root(), moved.root());
      Home linked = new Home(Files.createSymbolicLink(folder.resolve("link"), moved.root()));

      assertThat(Processes.of(moved).running(moved)).hasSize(1);
      assertThat(Processes.of(linked).running(linked)).hasSize(1);
    }
  }

  @Test
  void aCopyInThePlaceOfItsOriginalEndsNothingOfIt() throws IOException {
    Home home = new Home(folder.resolve("home")).prepare();
    try (IdlePart worker = IdlePart.of(home)) {
      Processes record = written(home, worker);
      Files.move(home.root(), folder.resolve("original"));
      home.prepare();
      record.write(home.processesFile());

      assertThat(Processes.of(home).running(home)).isEmpty();
    }
  }

  @Test
  void aRecordOfAnEarlierVersionIsBelievedWhereItsProcessesNameTheHome() throws IOException {
    Home home = new Home(folder.resolve("home")).prepare();
    Home copy = new Home(folder.resolve("home2")).prepare();
    Process part =
        new ProcessBuilder("sh", "-c", "sleep 600 & wait", "part", home.storeFile().toString())
            .start();
    try {
      ProcessIdentity process = ProcessIdentity.of(part.toHandle()).orElseThrow();
      Processes early =
          new Processes(
              null,
              null,
              null,
              new Processes.Api(process.pid(), process.startedAt(), process.mark(), 1, "http://x"),
              List.of(),
              "secret",
              null);
      early.write(home.processesFile());
      early.write(copy.processesFile());

      assertThat(Processes.of(home).running(home)).hasSize(1);
      assertThat(Processes.of(copy)).isEqualTo(Processes.none());
    } finally {
      part.descendants().forEach(ProcessHandle::destroyForcibly);
      part.destroyForcibly();
    }
  }
}
