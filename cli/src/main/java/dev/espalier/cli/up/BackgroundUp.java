package dev.espalier.cli.up;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeLock;
import dev.espalier.cli.home.Processes;
import dev.espalier.cli.home.RunningHome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An {@code up --until-idle} without a terminal: started by {@code run} where none is, outlives it.
 */
public final class BackgroundUp {
  private static final Duration POLL = Duration.ofMillis(100);

  /** How long it waits for the first experiment before it ends again. */
  private static final Duration FIRST_WORK = Duration.ofSeconds(90);

  private BackgroundUp() {}

  /**
   * The home's running {@code up}; started if there is none, waited for if it still starts.
   *
   * @param more further options of {@code up}, such as {@code --slots 2}
   * @param progress hears what it says while it starts
   * @throws PartFailed with its own words if it does not come up
   */
  public static RunningHome start(
      Home home, List<String> more, Consumer<String> progress, Duration patience)
      throws InterruptedException {
    Optional<RunningHome> already = RunningHome.find(home);
    if (already.isPresent()) {
      return already.get();
    }
    home.prepare();
    Path log = home.log("up");
    LogTail tail = new LogTail(log, progress);
    Process process = null;
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<RunningHome> running = RunningHome.find(home);
      if (running.isPresent()) {
        return running.get();
      }
      if (process == null && !someoneIsStarting(home)) {
        process = spawn(home, more, log);
      }
      if (process != null && !process.isAlive()) {
        if (!someoneIsStarting(home)) {
          throw new PartFailed(
              "the background `espalier up` ended (exit status %d). %s"
                  .formatted(process.exitValue(), tail.reason()));
        }
        process = null; // another `up` of this home was quicker: wait for that one
      }
      if (System.nanoTime() >= deadline) {
        throw new PartFailed(
            "`espalier up` is not ready after %d s; it goes on in the background. Its log: %s"
                .formatted(patience.toSeconds(), log));
      }
      tail.poll();
      if (process == null) {
        Thread.sleep(POLL);
      } else {
        process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private static boolean someoneIsStarting(Home home) {
    try {
      Processes.Supervisor supervisor = Processes.of(home).supervisor();
      return supervisor != null && supervisor.identity().isRunning();
    } catch (IOException e) {
      return false;
    }
  }

  private static Process spawn(Home home, List<String> more, Path log) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "up",
                "--home",
                home.toString(),
                "--until-idle",
                "--await-work",
                String.valueOf(FIRST_WORK.toSeconds())));
    arguments.addAll(more);
    List<String> command =
        JavaCommand.of(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"), arguments);
    try {
      Process process = DetachedProcess.prepare(command, Map.of(), home.root(), log);
      DetachedProcess.release(process);
      return process;
    } catch (IOException e) {
      throw new PartFailed(
          "a background `espalier up` cannot be started (%s; lock: %s). Start it yourself: espalier up --home %s"
              .formatted(e.getMessage(), HomeLock.holder(home), home));
    }
  }

  /** What was added to a log since it was first looked at. */
  private static final class LogTail {
    private final Path log;
    private final Consumer<String> progress;
    private final List<String> seen = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private long position;

    LogTail(Path log, Consumer<String> progress) {
      this.log = log;
      this.progress = progress;
      this.position = size(log);
    }

    private static long size(Path log) {
      try {
        return Files.size(log);
      } catch (IOException e) {
        return 0;
      }
    }

    void poll() {
      for (@Nullable String line = next(); line != null; line = next()) {
        seen.add(line);
        progress.accept(line);
      }
    }

    private @Nullable String next() {
      read();
      int end = partial.indexOf("\n");
      if (end < 0) {
        return null;
      }
      String line = partial.substring(0, end);
      partial.delete(0, end + 1);
      return line;
    }

    private void read() {
      if (size(log) <= position) {
        return;
      }
      try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
        file.seek(position);
        byte[] bytes = new byte[(int) Math.min(1 << 16, file.length() - position)];
        int count = file.read(bytes);
        if (count > 0) {
          position += count;
          partial.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        // The log tells only a person; its reader can do without it.
      }
    }

    String reason() {
      poll();
      List<String> last = seen.subList(Math.max(0, seen.size() - 6), seen.size());
      return last.isEmpty()
          ? "Its log: " + log
          : "It said:%n  %s".formatted(String.join("%n  ".formatted(), last));
    }
  }
}
