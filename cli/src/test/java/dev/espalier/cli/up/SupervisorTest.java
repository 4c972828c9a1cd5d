package dev.espalier.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.cli.ChildJvm;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomePlace;
import dev.espalier.cli.home.IdlePart;
import dev.espalier.cli.home.ProcessIdentity;
import dev.espalier.cli.home.Processes;
import dev.espalier.search.failure.InvalidInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Supervision of real, small processes, which are really killed. */
class SupervisorTest {
  static final UpOptions OPTIONS =
      new UpOptions(0, 1, false, null, "default", null, false, Duration.ZERO);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  private Home home() {
    return new Home(folder.resolve("home"));
  }

  /** Runs a shell command; the part is ready once its file is there. */
  static Part shell(String name, String script, Path readyFile, Duration stopPatience) {
    return part(
        name,
        script,
        (pid, patience) -> Files.exists(readyFile) ? Readiness.Answer.READY : Readiness.Answer.NONE,
        stopPatience);
  }

  private static Part part(String name, String script, Readiness readiness, Duration stopPatience) {
    Part.Launch launch =
        new Part.Launch(
            List.of("/bin/sh", "-c", script),
            Map.of(),
            readiness,
            (before, process) -> before.with(worker(name, process)));
    return new Part(name, () -> launch, LONG, stopPatience);
  }

  static Processes.Worker worker(String name, ProcessIdentity process) {
    return new Processes.Worker(process.pid(), process.startedAt(), process.mark(), name, "cpu", 0);
  }

  private static void keep(Supervisor supervisor, Part part) throws InterruptedException {
    supervisor.begin(part).awaitFirstAnswer();
  }

  private void awaitSaid(String text) throws InterruptedException {
    List<String> all = new ArrayList<>();
    long deadline = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < deadline) {
      String line = said.poll(1, TimeUnit.SECONDS);
      if (line != null) {
        all.add(line);
        if (line.contains(text)) {
          return;
        }
      }
    }
    throw new AssertionError("never said '%s', but: %s".formatted(text, all));
  }

  @Test
  void startsAKilledPartAgainAndTellsInOneLine() throws Exception {
    Path ready = folder.resolve("ready");
    try (Supervisor supervisor = Supervisor.take(home(), OPTIONS, said::add)) {
      keep(
          supervisor, shell("sleeper", "touch '%s'; exec sleep 600".formatted(ready), ready, LONG));
      ProcessIdentity first = supervisor.processes().workers().getFirst().identity().orElseThrow();

      first.running().orElseThrow().destroyForcibly();

      awaitSaid("sleeper ended (killed by SIGKILL)");
      awaitSaid("sleeper is back");
      ProcessIdentity second = supervisor.processes().workers().getFirst().identity().orElseThrow();
      assertThat(second.pid()).isNotEqualTo(first.pid());
      assertThat(second.isRunning()).isTrue();
      assertThat(Processes.read(home().processesFile()).workers()).hasSize(1);
    }
  }

  @Test
  void givesUpAPartThatNeverComesUpWithTheReasonFromItsLog() {
    try (Supervisor supervisor = Supervisor.take(home(), OPTIONS, said::add)) {
      Part broken =
          shell("broken", "echo the disk is upside down; exit 7", folder.resolve("never"), LONG);

      assertThatThrownBy(() -> keep(supervisor, broken))
          .isInstanceOf(PartFailed.class)
          .hasMessageContaining("broken does not start")
          .hasMessageContaining("exit status 7")
          .hasMessageContaining("the disk is upside down");
    }
  }

  @Test
  void endsItsPartsLastStartedFirstAndForgetsThem() throws Exception {
    Path order = folder.resolve("order");
    Path record = folder.resolve("record");
    Supervisor supervisor = Supervisor.take(home(), OPTIONS, said::add);
    List<ProcessIdentity> parts = new ArrayList<>();
    for (String name : List.of("first", "second", "third")) {
      Path ready = folder.resolve(name);
      String script =
          "trap 'echo %s >>\"%s\"; cp \"%s\" \"%s\"; exit 0' TERM; touch '%s'; while :; do sleep 0.1; done"
              .formatted(name, order, home().processesFile(), record, ready);
      keep(supervisor, shell(name, script, ready, LONG));
      parts.add(supervisor.processes().workers().getLast().identity().orElseThrow());
    }

    supervisor.close();

    assertThat(Files.readAllLines(order)).containsExactly("third", "second", "first");
    assertThat(parts).noneMatch(ProcessIdentity::isRunning);
    Processes meanwhile = Processes.read(record);
    assertThat(meanwhile.workers()).hasSize(3);
    assertThat(meanwhile.supervisor()).matches(up -> up != null && up.ending());
    assertThat(Processes.read(home().processesFile())).isEqualTo(Processes.none());
  }

  @Test
  void killsAPartThatDoesNotEndWhenAskedTo() throws Exception {
    Path ready = folder.resolve("ready");
    Supervisor supervisor = Supervisor.take(home(), OPTIONS, said::add);
    keep(
        supervisor,
        shell(
            "deaf",
            "trap '' TERM; touch '%s'; while :; do sleep 0.1; done".formatted(ready),
            ready,
            Duration.ofMillis(300)));
    ProcessIdentity deaf = supervisor.processes().workers().getFirst().identity().orElseThrow();

    supervisor.close();

    assertThat(deaf.isRunning()).isFalse();
    awaitSaid("deaf did not end within 0.3 s: killing it");
  }

  @Test
  void partsAreOutOfReachOfTheTerminal() throws Exception {
    Path ready = folder.resolve("ready");
    try (Supervisor supervisor = Supervisor.take(home(), OPTIONS, said::add)) {
      keep(
          supervisor, shell("sleeper", "touch '%s'; exec sleep 600".formatted(ready), ready, LONG));
      long pid = supervisor.processes().workers().getFirst().pid();

      assertThat(session(pid)).isEqualTo(pid).isNotEqualTo(session(ProcessHandle.current().pid()));
    }
  }

  private static long session(long pid) throws Exception {
    Process ps = new ProcessBuilder("ps", "-o", "sess=", "-p", String.valueOf(pid)).start();
    return Long.parseLong(
        new String(ps.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
            .strip());
  }

  /** An {@code up} with two sleepers for parts. */
  static final class SmallUp {
    public static void main(String[] arguments) throws InterruptedException {
      Path folder = Path.of(arguments[0]);
      Supervisor supervisor =
          Supervisor.take(new Home(folder.resolve("home")), OPTIONS, System.out::println);
      for (String name : List.of("one", "two")) {
        Path ready = folder.resolve(name);
        keep(supervisor, shell(name, "touch '%s'; exec sleep 600".formatted(ready), ready, LONG));
      }
      System.out.println("up");
      supervisor.run();
      supervisor.close();
    }
  }

  @Test
  void refusesAHomeThatIsUpAndEndsWhatAKilledOneLeftRunning() throws Exception {
    try (ChildJvm first = ChildJvm.start(SmallUp.class, folder)) {
      first.awaitLine("up");
      List<Processes.Part> parts = Processes.read(home().processesFile()).parts();
      assertThat(parts).extracting(Processes.Part::name).containsExactly("two", "one");

      assertThatThrownBy(() -> Supervisor.take(home(), OPTIONS, said::add))
          .isInstanceOf(InvalidInput.class)
          .hasMessageContaining("is already up: process %d".formatted(first.pid()));

      first.kill();
      assertThat(parts)
          .as("the parts outlive their killed supervisor")
          .allMatch(part -> part.identity().isRunning());

      Supervisor.take(home(), OPTIONS, said::add).close();
      assertThat(parts).noneMatch(part -> part.identity().isRunning());
      awaitSaid(
          "ending two (process %d), left behind".formatted(parts.getFirst().identity().pid()));
      awaitSaid("ending one");
    }
  }

  @Test
  void leavesAStrangerAloneThatHasTheProcessIdOfADeadPart() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      ProcessIdentity real = ProcessIdentity.of(stranger.toHandle()).orElseThrow();
      ProcessIdentity dead =
          new ProcessIdentity(real.pid(), real.startedAt().minusSeconds(3600), "an-earlier-boot:1");
      home().prepare();
      Processes.of(
              HomePlace.of(home()),
              new Processes.Supervisor(
                  1, real.startedAt(), "an-earlier-boot:0", false, null, false),
              "s")
          .with(worker("worker-cpu", dead))
          .write(home().processesFile());

      Supervisor.take(home(), OPTIONS, said::add).close();

      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void leavesThePartsOfAHomeAloneThatThisOneIsACopyOf() throws Exception {
    Home original = new Home(folder.resolve("original")).prepare();
    home().prepare();
    try (IdlePart part = IdlePart.of(original)) {
      ProcessIdentity supervisor = ProcessIdentity.ofThisProcess();
      Processes record =
          Processes.of(
                  HomePlace.of(original),
                  new Processes.Supervisor(
                      supervisor.pid(),
                      supervisor.startedAt(),
                      supervisor.mark(),
                      false,
                      null,
                      false),
                  "s")
              .with(worker("worker-cpu", part.identity()));
      record.write(original.processesFile());
      record.write(home().processesFile());

      Supervisor.take(home(), OPTIONS, said::add).close();
      assertThat(part.isAlive()).isTrue();

      Supervisor.take(original, OPTIONS, said::add).close();
      assertThat(part.isAlive()).isFalse();
    }
  }

  @Test
  void endsWhenItsHomeIsMovedAway() throws Exception {
    try (ChildJvm up = ChildJvm.start(SmallUp.class, folder)) {
      up.awaitLine("up");
      List<Processes.Part> parts = Processes.read(home().processesFile()).parts();
      Files.move(home().root(), folder.resolve("elsewhere"));

      up.awaitLine("the home was moved away or replaced");
      up.awaitExit(new ArrayList<>());
      assertThat(parts).noneMatch(part -> part.identity().isRunning());
      assertThat(home().root()).doesNotExist();
    }
  }

  @Test
  void killsAPartThatAnswersNoMoreAndStartsItAgain() throws Exception {
    try (Supervisor supervisor = Supervisor.take(home(), OPTIONS, said::add)) {
      AtomicBoolean frozen = new AtomicBoolean();
      Set<Long> asked = ConcurrentHashMap.newKeySet();
      Readiness readiness =
          (pid, patience) -> {
            asked.add(pid);
            return frozen.get() && asked.size() == 1
                ? Readiness.Answer.NONE
                : Readiness.Answer.READY;
          };
      FrozenPart silence = new FrozenPart(Duration.ofMillis(50), Duration.ofMillis(50), 3);
      supervisor
          .begin(part("sleeper", "exec sleep 600", readiness, LONG), silence)
          .awaitFirstAnswer();
      ProcessIdentity first = supervisor.processes().workers().getFirst().identity().orElseThrow();

      frozen.set(true);

      awaitSaid("sleeper has not answered 3 times");
      awaitSaid("sleeper is back");
      assertThat(first.isRunning()).isFalse();
    }
  }

  @Test
  void aPartWhosePortWasTakenMovesAndThoseWhoNeedItAreTold() throws Exception {
    try (Supervisor supervisor = Supervisor.take(home(), OPTIONS, said::add)) {
      Path ready = folder.resolve("ready");
      BlockingQueue<String> addresses = new LinkedBlockingQueue<>();
      AtomicReference<String> address = new AtomicReference<>("old");
      Part user = shell("user", "touch '%s'; exec sleep 600".formatted(ready), ready, LONG);
      Part telling =
          new Part(
              user.name(),
              () -> {
                addresses.add(address.get());
                return user.start().next();
              },
              LONG,
              LONG);
      supervisor.begin(telling).awaitFirstAnswer();

      address.set("new");
      supervisor.startOthersAgain(name -> name.equals("user"), "the server has another port now");

      awaitSaid("user is started again, since the server has another port now");
      awaitSaid("user is back");
      assertThat(addresses).containsExactly("old", "new");
    }
  }

  @Test
  void aProgramWhoseStarterDiedBeforeItWasWrittenDownNeverRuns() throws Exception {
    Path ran = folder.resolve("ran");
    Process waiting =
        DetachedProcess.prepare(
            List.of("touch", ran.toString()), Map.of(), folder, folder.resolve("log"));

    waiting.getOutputStream().close(); // as the system does for a starter that was killed

    assertThat(waiting.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).doesNotExist();
  }
}
