package dev.espalier.cli.survival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.Processes;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A home with a running {@code up}, as a person has it: real processes, real servers, real kills.
 */
public final class LiveHome implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(4);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** What a worker sent before it was frozen has arrived after that. */
  private static final Duration SENT_BEFORE = Duration.ofMillis(200);

  /** A whole search of some seconds a unit, so that a kill finds it at work, and two trainings. */
  public static final List<String> SMALL =
      List.of(
          "--set", "search.repeats=3",
          "--set", "search.ntk.batch=48",
          "--set", "search.ntk.imageSize=16",
          "--set", "search.regions.batch=100",
          "--set", "evaluation.randomCells=1",
          "--set", "evaluation.channels=4",
          "--set", "evaluation.imageSize=8",
          "--set", "evaluation.epochs=2",
          "--set", "evaluation.batch=32",
          "--set", "evaluation.trainImages=400",
          "--set", "evaluation.validationImages=100",
          "--set", "evaluation.testImages=100");

  private final Home home;
  private final int slots;
  private final List<String> options;
  private Process up;

  private LiveHome(Home home, int slots, List<String> options) throws IOException {
    this.home = home;
    this.slots = slots;
    this.options = options;
    this.up = spawn();
  }

  /**
   * Starts an installation in an empty folder and gives it a small data set named {@code shapes}.
   */
  public static LiveHome start(Path folder, int slots, String... options) throws Exception {
    LiveHome live = new LiveHome(new Home(folder), slots, List.of(options));
    live.awaitReady();
    Path images = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-images"));
    SmallImages.write(images);
    live.espalier("data", "import", images.toString(), "--format", "cifar10", "--name", "shapes");
    return live;
  }

  /** Starts an installation on a home that is there already. */
  public static LiveHome open(Path folder, int slots) throws Exception {
    LiveHome live = new LiveHome(new Home(folder), slots, List.of());
    live.awaitReady();
    return live;
  }

  private Process spawn() throws IOException {
    List<String> command =
        command("up", "--home", home.toString(), "--slots", Integer.toString(slots));
    command.addAll(options);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(
                home.root().resolveSibling(home.root().getFileName() + "-up.log").toFile()))
        .start();
  }

  static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.espalier.cli.Main"));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  public Home home() {
    return home;
  }

  /** Runs a command of the program on this home and answers with what it printed. */
  public String espalier(String... arguments) throws Exception {
    List<String> command = command(arguments);
    command.addAll(List.of("--home", home.toString()));
    Path output = Files.createTempFile("espalier-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(false)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("%s", command).isZero();
      return Files.readString(output);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Launches a small experiment that reuses nothing, and answers with its id. */
  public String launch(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", "te-nas", "--data", "shapes", "--fresh", "--detach", "--json"));
    arguments.addAll(SMALL);
    arguments.addAll(Arrays.asList(more));
    return Json.mapper().readTree(espalier(arguments.toArray(String[]::new))).get("id").asText();
  }

  /** Waits until every part has answered. */
  public void awaitReady() {
    await(
        READY,
        "up is ready",
        () -> {
          if (!up.isAlive()) {
            throw new AssertionError("up ended with " + up.exitValue());
          }
          Processes.Supervisor supervisor = processes().map(Processes::supervisor).orElse(null);
          return supervisor != null && supervisor.pid() == up.pid() && supervisor.ready() != null
              ? Optional.of(true)
              : Optional.empty();
        });
  }

  private Optional<Processes> processes() {
    try {
      return Optional.of(Processes.read(home.processesFile()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Processes running() {
    return processes().orElseThrow();
  }

  /** The processes of its parts. */
  public List<Long> parts() {
    return running().parts().stream().map(part -> part.identity().pid()).toList();
  }

  public long worker() {
    return running().workers().getFirst().pid();
  }

  /**
   * Freezes the worker at a moment when a measurement of the experiment has begun and not ended.
   *
   * @return its process id
   */
  public long freezeWhileMeasuring(String id) {
    return await(
        PATIENCE,
        "%s: the worker measures".formatted(id),
        () -> {
          String key = stage(id, "prune").map(StageDocument::key).orElse("");
          long worker = worker();
          signal("STOP", worker);
          LockSupport.parkNanos(SENT_BEFORE.toNanos());
          if (!key.isEmpty()
              && !ask(store -> store.units().open(key)).orElse(List.of()).isEmpty()) {
            return Optional.of(worker);
          }
          signal("CONT", worker);
          return Optional.empty();
        });
  }

  public long api() {
    return Objects.requireNonNull(running().api()).pid();
  }

  public String temporalAddress() {
    return Objects.requireNonNull(running().temporal()).address();
  }

  public String storeUri() {
    return Objects.requireNonNull(running().store()).uri();
  }

  public String url() {
    return Objects.requireNonNull(running().api()).url();
  }

  public long temporal() {
    return Objects.requireNonNull(running().temporal()).pid();
  }

  /** Sends a signal to a process of this home. */
  public static void signal(String signal, long pid) {
    try {
      assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor())
          .isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Kills all parts and the supervisor at once, as a power cut would, then starts {@code up} again.
   */
  public void killEverything() throws Exception {
    killEverything(() -> {});
  }

  /** The same, with something done to the home before it starts again. */
  public void killEverything(Meanwhile meanwhile) throws Exception {
    List<Long> pids = new ArrayList<>(List.of(up.pid(), api(), temporal()));
    running().workers().forEach(worker -> pids.add(worker.pid()));
    for (long pid : pids) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    up.waitFor();
    meanwhile.run();
    up = spawn();
  }

  /** What is done while nothing runs. */
  @FunctionalInterface
  public interface Meanwhile {
    void run() throws Exception;
  }

  /** The store, opened for one question; empty while nobody serves it. */
  public <T> Optional<T> ask(Function<Store, T> question) {
    Processes.Store served = processes().map(Processes::store).orElse(null);
    if (served == null) {
      return Optional.empty();
    }
    try (Store store = Store.connect(served.uri())) {
      return Optional.of(question.apply(store));
    } catch (Lost e) {
      return Optional.empty();
    }
  }

  public ExperimentDocument await(String id, String what, Predicate<ExperimentDocument> condition) {
    return await(
        PATIENCE,
        "%s: %s".formatted(id, what),
        () -> ask(store -> store.experiments().find(id).orElseThrow()).filter(condition));
  }

  /** Waits for the end, whatever it is. */
  public ExperimentDocument awaitEnd(String id) {
    return awaitEnd(id, PATIENCE);
  }

  /** The same where it takes long. */
  public ExperimentDocument awaitEnd(String id, Duration patience) {
    return await(
        patience,
        "%s: ended".formatted(id),
        () ->
            ask(store -> store.experiments().find(id).orElseThrow())
                .filter(experiment ->
                    List.of(
                            ExperimentState.COMPLETED,
                            ExperimentState.CANCELLED,
                            ExperimentState.NEEDS_ATTENTION)
                        .contains(experiment.state())));
  }

  /** Waits until a stage has begun so many attempts at its work. */
  public StageDocument awaitAttempts(String id, String stage, int attempts) {
    return await(
        PATIENCE,
        "%s: %d attempts of %s".formatted(id, attempts, stage),
        () -> stage(id, stage).filter(found -> found.attempts() >= attempts));
  }

  /** Waits until a unit of the stage that was lost has been taken up again. */
  public StageDocument awaitRecovery(String id, String stage) {
    return await(
        PATIENCE,
        "%s: a recovery of %s".formatted(id, stage),
        () -> stage(id, stage).filter(found -> found.recoveries() > 0));
  }

  public Optional<StageDocument> stage(String id, String name) {
    return ask(store ->
            store.experiments().find(id).orElseThrow().stages().stream()
                .filter(stage -> stage.name().equals(name) && !stage.key().isEmpty())
                .findFirst()
                .flatMap(stage -> store.stages().find(stage.key())))
        .flatMap(Function.identity());
  }

  /** Polls until there is an answer. */
  public static <T> T await(Duration patience, String what, Poll<T> poll) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<T> answer = poll.ask();
      if (answer.isPresent()) {
        return answer.get();
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("waited %s in vain for: %s".formatted(patience, what));
  }

  /** A question that may have no answer yet. */
  @FunctionalInterface
  public interface Poll<T> {
    Optional<T> ask();
  }

  @Override
  public void close() {
    up.destroy();
    up.onExit().orTimeout(60, TimeUnit.SECONDS).exceptionally(late -> up.destroyForcibly()).join();
  }
}
