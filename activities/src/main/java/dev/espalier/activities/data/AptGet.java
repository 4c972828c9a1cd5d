package dev.espalier.activities.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Debian's own downloader, used without root: {@code apt-get download} with the system's package
 * lists, and if that fails, with fresh lists of our own. It checks signatures and digests itself.
 */
final class AptGet {
  private final List<String> command;
  private final Duration deadline;

  /**
   * @param command {@code apt-get}
   * @param deadline for each of its runs
   */
  AptGet(List<String> command, Duration deadline) {
    this.command = List.copyOf(command);
    this.deadline = deadline;
  }

  /** Downloads a package into a folder. Answers the {@code .deb}. */
  Path download(String packageName, Path folder, Consumer<String> progress) throws IOException {
    Files.createDirectories(folder);
    progress.accept("apt-get download " + packageName);
    try {
      run(folder, List.of(), "download", packageName);
    } catch (IOException withSystemLists) {
      progress.accept("the system's package lists do not have it; reading fresh ones");
      List<String> own = ownLists(folder);
      try {
        run(folder, own, "update");
        run(folder, own, "download", packageName);
      } catch (IOException withOwnLists) {
        withOwnLists.addSuppressed(withSystemLists);
        throw withOwnLists;
      }
    }
    return newestDeb(packageName, folder)
        .orElseThrow(() ->
            new IOException(
                "apt-get download %s left no .deb in %s".formatted(packageName, folder)));
  }

  private static List<String> ownLists(Path folder) throws IOException {
    Path lists = folder.resolve("apt/lists");
    Path cache = folder.resolve("apt/cache");
    Files.createDirectories(lists.resolve("partial"));
    Files.createDirectories(cache.resolve("archives/partial"));
    return List.of(
        "-o",
        "Dir::State::Lists=" + lists.toAbsolutePath(),
        "-o",
        "Dir::Cache=" + cache.toAbsolutePath(),
        "-o",
        "Acquire::Languages=none",
        "-o",
        "Debug::NoLocking=1");
  }

  private void run(Path folder, List<String> options, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of("-q", "-o", "Acquire::Retries=2", "-o", "Acquire::http::Timeout=20"));
    if (System.getProperty("user.name", "").equals("root")) {
      line.addAll(List.of("-o", "APT::Sandbox::User=root")); // its own user may not write here
    }
    line.addAll(options);
    line.addAll(List.of(arguments));
    Path log = folder.resolve("apt-get.log");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", "C");
    int code = exitCode(builder.start(), arguments[0]);
    if (code != 0) {
      throw new IOException(
          "apt-get %s ended with %d: %s".formatted(String.join(" ", arguments), code, errors(log)));
    }
  }

  private int exitCode(Process process, String what) throws IOException {
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "apt-get %s took longer than %d s".formatted(what, deadline.toSeconds()));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while apt-get ran");
    } finally {
      process.destroyForcibly();
    }
  }

  /** The lines with "E:", else the last one. */
  private static String errors(Path log) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    List<String> errors = lines.stream().filter(line -> line.startsWith("E:")).toList();
    if (errors.isEmpty()) {
      return lines.isEmpty() ? "it said nothing" : lines.getLast();
    }
    return String.join("; ", errors);
  }

  private static Optional<Path> newestDeb(String packageName, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(packageName + "_"))
          .filter(file -> file.getFileName().toString().endsWith(".deb"))
          .sorted()
          .reduce((first, second) -> second);
    }
  }
}
