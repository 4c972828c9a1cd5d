package dev.espalier.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Prometheus and its tool, which Debian packages. */
final class Programs {
  private Programs() {}

  /** The program; where it is missing the test is skipped, and fails in CI. */
  static Path require(String name) {
    Optional<Path> found =
        Pattern.compile(File.pathSeparator)
            .splitAsStream(Objects.requireNonNullElse(System.getenv("PATH"), ""))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    String message =
        "%s is not on the PATH, so nothing proves the dashboard here. Run: apt-get install prometheus"
            .formatted(name);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as(message).isPresent();
    }
    if (found.isEmpty()) {
      System.err.println("SKIPPED: " + message);
    }
    assumeTrue(found.isPresent(), message);
    return found.orElseThrow();
  }

  /** Runs a program in a folder to its good end. */
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s said: %s", String.join(" ", command), said).isZero();
    return said;
  }
}
