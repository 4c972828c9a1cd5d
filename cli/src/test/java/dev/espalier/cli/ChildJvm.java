package dev.espalier.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real Java process with the class path of this test. */
public final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  public static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** Reads its output until a line holds the text; answers with all lines so far. */
  public List<String> awaitLine(String text) throws Exception {
    List<String> lines = new ArrayList<>();
    CompletableFuture<Boolean> found =
        CompletableFuture.supplyAsync(() -> {
          try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
              lines.add(line);
              if (line.contains(text)) {
                return true;
              }
            }
            return false;
          } catch (IOException e) {
            return false;
          }
        });
    if (!found.get(120, TimeUnit.SECONDS)) {
      throw new AssertionError("the process ended without saying '%s': %s".formatted(text, lines));
    }
    return lines;
  }

  /** Its exit status and all that it still says. */
  public int awaitExit(List<String> rest) throws Exception {
    CompletableFuture<Void> reading =
        CompletableFuture.runAsync(() -> output.lines().forEach(rest::add));
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new AssertionError("the process does not end");
    }
    reading.get(10, TimeUnit.SECONDS);
    return process.exitValue();
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
