package dev.espalier.cli.up;

import dev.espalier.api.replay.ScratchPlace;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.EmbeddedStore;
import dev.espalier.workers.provision.TemporalServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Homes that last as long as a command: each with an {@code up} of its own, a child of this
 * process, that ends with it, however that ends, and takes its folder with it.
 */
public final class ScratchHome implements ScratchPlace {
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration END = Duration.ofSeconds(40);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final String PREFIX = "scratch-";

  private final Home beside;
  private final int slots;

  /**
   * @param beside whose engine and Temporal server are used, and in whose cache folder it lies
   * @param slots how much its worker computes at a time; 0 for as much as there is room for
   */
  public ScratchHome(Home beside, int slots) {
    this.beside = beside;
    this.slots = slots == 0 ? HeapSize.slots() : slots;
  }

  /** Whether a folder is such a home, and may be removed. */
  static boolean is(Home home) {
    Path name = home.root().getFileName();
    return name != null && name.toString().startsWith(PREFIX);
  }

  @Override
  public Running begin(Consumer<Store> fill) throws InterruptedException {
    Path folder;
    try {
      Path place = Files.createDirectories(beside.cache().resolve("replay"));
      removeAbandoned(place);
      ProcessHandle me = ProcessHandle.current();
      folder =
          Files.createTempDirectory(place, "%s%d-%s-".formatted(PREFIX, me.pid(), started(me)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Scratch scratch = new Scratch(new Home(folder));
    try {
      scratch.begin(fill);
      return scratch;
    } catch (RuntimeException | InterruptedException e) {
      scratch.close();
      throw e;
    }
  }

  /** What was left where everything was killed at once: whoever began it is gone. */
  private static void removeAbandoned(Path place) throws IOException {
    try (Stream<Path> folders = Files.list(place)) {
      folders.filter(ScratchHome::isAbandoned).toList().forEach(ScratchHome::remove);
    }
  }

  /** Its name says who began it. */
  private static boolean isAbandoned(Path folder) {
    String[] parts = String.valueOf(folder.getFileName()).split("-", -1);
    return parts.length < 4
        || ProcessHandle.of(Long.parseLong(parts[1]))
            .filter(process -> started(process).equals(parts[2]))
            .isEmpty();
  }

  private static String started(ProcessHandle process) {
    return process.info().startInstant().map(at -> "" + at.toEpochMilli()).orElse("0");
  }

  /** Removes a folder, as far as it is there. */
  static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // the next one removes it
    }
  }

  /** One home and its {@code up}. */
  private final class Scratch implements Running {
    private final Home home;
    private final Thread atExit = new Thread(this::end, "scratch");
    private @Nullable Process up;
    private @Nullable Store store;

    Scratch(Home home) {
      this.home = home;
    }

    void begin(Consumer<Store> fill) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(atExit);
      try {
        Files.createDirectories(home.run()); // so that nobody is told of a new home
        home.prepare();
        try (EmbeddedStore embedded = EmbeddedStore.open(home.storeFile(), 0);
            Store empty = Store.connect(embedded.uri())) {
          fill.accept(empty);
        }
        Process child = spawn();
        up = child;
        store = Store.connect(awaitUp(child).storeUri());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Process spawn() throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(
              JavaCommand.of(
                  List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"),
                  List.of(
                      "up",
                      "--home",
                      home.toString(),
                      "--slots",
                      String.valueOf(slots),
                      "--scratch")));
      builder.directory(home.root().toFile());
      Map<String, String> variables = builder.environment();
      variables.putIfAbsent("DJL_CACHE_DIR", beside.engine().toAbsolutePath().toString());
      TemporalServer.present(beside.bin())
          .ifPresent(found -> variables.put("ESPALIER_TEMPORAL", found.binary().toString()));
      builder.redirectErrorStream(true);
      builder.redirectOutput(home.log("up").toFile());
      return builder.start();
    }

    private RunningHome awaitUp(Process child) throws InterruptedException {
      long deadline = System.nanoTime() + START.toNanos();
      while (System.nanoTime() < deadline) {
        Optional<RunningHome> running = RunningHome.find(home);
        if (running.isPresent()) {
          return running.get();
        }
        if (!child.isAlive()) {
          throw new Lost("the installation to compute it again did not start: " + lastWords());
        }
        Thread.sleep(POLL);
      }
      throw new Lost("the installation to compute it again did not start in time: " + lastWords());
    }

    private String lastWords() {
      try {
        List<String> lines = Files.readAllLines(home.log("up"));
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
      } catch (IOException e) {
        return "it said nothing";
      }
    }

    @Override
    public Store store() {
      return Objects.requireNonNull(store);
    }

    @Override
    public void close() {
      end();
      try {
        Runtime.getRuntime().removeShutdownHook(atExit);
      } catch (IllegalStateException e) {
        // this process is ending, and waits for the same
      }
    }

    private synchronized void end() {
      if (store != null) {
        store.close();
      }
      if (up != null) {
        up.destroy();
        try {
          if (!up.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
            up.destroyForcibly();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      remove(home.root());
    }
  }
}
