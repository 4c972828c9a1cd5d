package dev.espalier.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * FerretDB on SQLite: an independent server of MongoDB's wire protocol, built from the small Go
 * program in {@code src/test/ferretdb} when it is first needed. Where it cannot be built the tests
 * that want it are skipped with the reason, but in CI they fail.
 */
final class FerretServer implements AutoCloseable {
  private static final Path SOURCE = Path.of("src/test/ferretdb");
  private static final Path BINARY = Path.of("target/ferretdb/ferretdb");
  private static final long BUILD_MINUTES = 15;

  private final Process process;
  private final String uri;

  private FerretServer(Process process, String uri) {
    this.process = process;
    this.uri = uri;
  }

  static FerretServer start(Path folder) throws IOException, InterruptedException {
    if (isOutdated()) {
      build();
    }
    Process process =
        new ProcessBuilder(BINARY.toAbsolutePath().toString(), folder.toString())
            .redirectError(folder.resolve("ferretdb.log").toFile())
            .start();
    BufferedReader output = process.inputReader();
    String uri = Objects.requireNonNull(output.readLine(), "FerretDB ended at once");
    return new FerretServer(process, uri.replaceAll("/+$", ""));
  }

  String uri() {
    return uri;
  }

  /** The server ends when its standard input does. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }

  private static boolean isOutdated() throws IOException {
    if (!Files.exists(BINARY)) {
      return true;
    }
    long built = Files.getLastModifiedTime(BINARY).toMillis();
    try (Stream<Path> sources = Files.list(SOURCE)) {
      return sources.anyMatch(source -> modified(source) > built);
    }
  }

  private static long modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void build() throws IOException, InterruptedException {
    Files.createDirectories(BINARY.getParent());
    Path log = BINARY.resolveSibling("build.log");
    ProcessBuilder go =
        new ProcessBuilder(
                List.of("go", "build", "-trimpath", "-o", BINARY.toAbsolutePath().toString(), "."))
            .directory(SOURCE.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    go.environment().put("GOFLAGS", "-mod=mod");
    try {
      Process build = go.start();
      boolean ended = build.waitFor(BUILD_MINUTES, TimeUnit.MINUTES);
      if (!ended) {
        build.destroyForcibly();
      }
      if (!ended || build.exitValue() != 0) {
        missing("FerretDB could not be built:\n" + Files.readString(log));
      }
    } catch (IOException noGo) {
      missing("there is no go command to build FerretDB with (" + noGo.getMessage() + ")");
    }
  }

  private static void missing(String why) {
    String message = "SKIPPED: the store's contract against the second, independent server: " + why;
    System.err.println(message);
    assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
    Assumptions.abort(message);
  }
}
