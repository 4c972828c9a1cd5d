package dev.espalier.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs in Python that judge the API from outside: {@code .ci/python-tools.txt} lists them. CI
 * has them; elsewhere their tests are skipped where they are missing.
 */
final class PythonTools {
  private static final String FOLDER = "ESPALIER_PYTHON_TOOLS";
  private static final String HOW =
      "%s is missing, so this is not tested: python3 -m venv tools && tools/bin/pip install -r .ci/python-tools.txt, "
          + "then "
          + FOLDER
          + "=$PWD/tools/bin";

  private PythonTools() {}

  /** Where a program is; ends the test where it is not there. */
  static Path require(String program) {
    Optional<Path> found =
        Stream.concat(
                Optional.ofNullable(System.getenv(FOLDER)).stream(),
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)))
            .map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .findFirst();
    String how = HOW.formatted(program);
    if (found.isEmpty()) {
      assertThat(System.getenv("CI")).as(how).isNotEqualTo("true");
      System.err.println("SKIPPED: " + how);
    }
    assumeTrue(found.isPresent(), how);
    return found.orElseThrow();
  }

  /**
   * Runs it to its end; what it printed, which is the message where it ends otherwise than with 0.
   */
  static String run(Path folder, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("NO_COLOR", "1");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("%s%n%s", command, printed).isZero();
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
