package dev.espalier.store.program;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Programs of this machine, and what those that run scripts say of themselves. */
public final class Interpreter {
  /** Only these are asked: another program might begin to train. */
  private static final Pattern KNOWN =
      Pattern.compile("(python[0-9.]*|julia|Rscript|node|java|bash|perl|ruby)");

  private static final int SECONDS = 20;
  private static final int LONGEST = 200;

  private Interpreter() {}

  /** The executable of that name or absolute path. */
  public static Optional<Path> find(String name, Map<String, String> environment) {
    if (name.contains("/")) {
      return Optional.of(Path.of(name)).filter(Files::isRegularFile).filter(Files::isExecutable);
    }
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, name);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** The first line of {@code --version}; empty of a program that is not known to have it. */
  public static Optional<String> version(String name, Map<String, String> environment) {
    Path file = Path.of(name).getFileName();
    if (file == null || !KNOWN.matcher(file.toString()).matches()) {
      return Optional.empty();
    }
    try {
      ProcessBuilder builder = new ProcessBuilder(List.of(name, "--version"));
      builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        process.getOutputStream().close();
        byte[] said = process.getInputStream().readNBytes(1 << 16);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          return Optional.empty();
        }
        return new String(said, StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(line -> line.substring(0, Math.min(line.length(), LONGEST)))
            .findFirst();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
