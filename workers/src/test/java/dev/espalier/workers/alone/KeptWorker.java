package dev.espalier.workers.alone;

import dev.espalier.workers.WorkerProcess;
import dev.espalier.workers.WorkerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker in a process of its own, which is started again whenever it ends. */
final class KeptWorker {
  private final List<String> command;
  private final Path log;
  private final AtomicInteger starts = new AtomicInteger();
  private final Thread keeper = Thread.ofPlatform().name("keeper").unstarted(this::keep);
  private volatile boolean closing;
  private volatile Process process;

  private KeptWorker(List<String> command, Path log) throws IOException {
    this.command = command;
    this.log = log;
    this.process = start();
  }

  static KeptWorker start(String temporal, String mongodb, Path home) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                KeptWorker.class.getName(),
                temporal,
                mongodb,
                home.toString()));
    KeptWorker worker = new KeptWorker(command, Path.of("target", "kept-worker.log"));
    worker.keeper.start();
    return worker;
  }

  /** The worker itself: Temporal's address, the store's, the home. */
  public static void main(String[] arguments) throws Exception {
    WorkerSettings settings =
        new WorkerSettings(
            "cpu", "cpu", 2, arguments[0], "default", arguments[1], Path.of(arguments[2]), 0);
    try (WorkerProcess worker = WorkerProcess.start(settings, new ErrandRegistration())) {
      worker.run();
    } finally {
      System.exit(1); // as the command does, whatever hangs
    }
  }

  private Process start() throws IOException {
    starts.incrementAndGet();
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void keep() {
    try {
      while (!closing) {
        process.waitFor();
        if (!closing) {
          process = start();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often it was started so far. */
  int starts() {
    return starts.get();
  }

  void end() throws InterruptedException {
    closing = true;
    process.destroyForcibly();
    keeper.join();
    process.destroyForcibly();
    process.waitFor();
  }
}
