package dev.espalier.workers.provision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program run to its end, its output kept. */
final class Command {
  private Command() {}

  /**
   * How a program ended.
   *
   * @param exit its exit status; -1 if it could not be started or ran out of time
   * @param output what it wrote to both streams
   */
  record Ended(int exit, String output) {
    boolean ok() {
      return exit == 0;
    }

    /**
     * The line that most likely tells the reason: the last one with "error" in it, else the last
     * one.
     */
    String reason() {
      List<String> lines =
          output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      return lines.reversed().stream()
          .filter(line -> line.regionMatches(true, 0, "error", 0, 5))
          .findFirst()
          .orElse(lines.isEmpty() ? "exit status " + exit : lines.getLast());
    }
  }

  static Ended run(Duration limit, String... command) {
    return run(limit, Map.of(), List.of(command));
  }

  static Ended run(Duration limit, Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile("espalier", ".out");
      try {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(Path.of("/dev/null").toFile()).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          return new Ended(
              -1, "%s took longer than %d s".formatted(command.getFirst(), limit.toSeconds()));
        }
        return new Ended(
            process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Ended(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ended(-1, command.getFirst() + " was interrupted");
    }
  }
}
