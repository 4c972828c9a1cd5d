package dev.espalier.activities.evaluation.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A running program: the leader of a session and a process group of its own, with a guard in it
 * that kills the whole group when the worker closes its end of a pipe or dies, however that is.
 */
final class ProgramProcess implements AutoCloseable {
  /*
   * The shell leaves the guard behind and becomes the program, so that the program's exit status is
   * the one that the worker sees. The guard holds the reading end of the pipe; only the worker holds
   * the other one, and the system closes that even after a SIGKILL. `kill 0` is for the guard's own
   * group: no process id is named that someone else may have by then.
   */
  private static final String SCRIPT =
      """
      exec 3<&0
      (exec >/dev/null 2>&1; cat <&3; kill -KILL 0) &
      memory=$1
      shift
      [ "$memory" = 0 ] || ulimit -d "$memory" || exit 126
      exec "$@" </dev/null 3<&-
      """;

  private static final int LONGEST_LINE = 1 << 16;
  private static final int LINES_WAITING = 1000;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(LINES_WAITING);
  private final List<Thread> readers = new ArrayList<>();

  private ProgramProcess(Process process) {
    this.process = process;
  }

  /**
   * @param environment all of it
   * @param folder that it works in
   * @param memoryMegabytes of each of its processes; 0 for no limit
   * @param errors where its standard error goes, line by line
   */
  static ProgramProcess start(
      List<String> command,
      Map<String, String> environment,
      Path folder,
      int memoryMegabytes,
      ProgramLog errors) {
    List<String> words =
        new ArrayList<>(
            List.of("setsid", "sh", "-c", SCRIPT, "sh", Long.toString(memoryMegabytes * 1024L)));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    ProgramProcess started;
    try {
      started = new ProgramProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("the program cannot be started", e);
    }
    started.reads(started.process.getInputStream(), started::told);
    started.reads(started.process.getErrorStream(), errors::error);
    return started;
  }

  private void told(String line) {
    try {
      lines.put(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void reads(InputStream stream, Consumer<String> reader) {
    readers.add(
        Thread.ofPlatform()
            .daemon()
            .name("program-output")
            .start(() -> {
              try (BufferedReader in =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                StringBuilder line = new StringBuilder();
                for (int sign = in.read(); sign >= 0; sign = in.read()) {
                  if (sign == '\n' || line.length() == LONGEST_LINE) {
                    reader.accept(line.toString());
                    line.setLength(0);
                  }
                  if (sign != '\n' && sign != '\r') {
                    line.append((char) sign);
                  }
                }
                if (!line.isEmpty()) {
                  reader.accept(line.toString());
                }
              } catch (IOException e) {
                return; // it was killed
              }
            }));
  }

  /** The next line of its standard output; null where none came within a short while. */
  @Nullable String line(long milliseconds) throws InterruptedException {
    return lines.poll(milliseconds, TimeUnit.MILLISECONDS);
  }

  boolean hasEnded() {
    return !process.isAlive();
  }

  /** Whether all that it wrote has been read; lines may be left to take. */
  boolean isSilent() {
    return readers.stream().noneMatch(Thread::isAlive);
  }

  /** How it ended: its status, or 128 and the signal that killed it. */
  int exit() {
    return process.exitValue();
  }

  /** Kills all that is left of its group: the guard does. */
  void endGroup() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }

  /** Ends all its processes, those that it left behind too; what nobody has taken is dropped. */
  @Override
  public void close() {
    endGroup();
    boolean interrupted = false;
    while (process.isAlive() || !isSilent()) {
      lines.clear(); // a reader may wait for room
      try {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          for (Thread reader : readers) {
            reader.join(100);
          }
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
