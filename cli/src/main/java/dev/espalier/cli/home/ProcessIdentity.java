package dev.espalier.cli.home;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process and no other: its id, and when it started, since ids are given out again.
 *
 * @param pid the process id
 * @param startedAt its start, for people and for systems without {@code /proc}
 * @param mark exact where the system tells: boot id and clock ticks since boot; else empty. The
 *     start instant alone may differ by a second between two readers, as it is computed from a
 *     rounded time of boot.
 */
public record ProcessIdentity(long pid, Instant startedAt, String mark) {
  private static final Duration ROUNDING = Duration.ofSeconds(2);

  /** The running process of that id; empty if there is none. */
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcessHandle.of(pid).flatMap(ProcessIdentity::of);
  }

  public static Optional<ProcessIdentity> of(ProcessHandle process) {
    if (!process.isAlive()) {
      return Optional.empty();
    }
    return process
        .info()
        .startInstant()
        .map(start -> new ProcessIdentity(process.pid(), start, markOf(process.pid())));
  }

  public static ProcessIdentity ofThisProcess() {
    return of(ProcessHandle.current()).orElseThrow();
  }

  /** The process itself, if it still runs (and is no zombie, waiting to be reaped). */
  public Optional<ProcessHandle> running() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> of(process).map(this::isSame).orElse(false))
        .filter(process -> !isZombie(pid));
  }

  public boolean isRunning() {
    return running().isPresent();
  }

  /**
   * Whether its working directory is the home's folder, wherever that was moved; empty if unknown.
   */
  Optional<Boolean> worksIn(Home home) {
    try {
      return Optional.of(Files.isSameFile(Path.of("/proc/" + pid + "/cwd"), home.root()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether its command line names the home's folder, or something in it. */
  boolean names(Home home) {
    return words()
        .anyMatch(word -> {
          Path path = pathIn(word);
          return path != null && (path.startsWith(home.root()) || path.startsWith(home.realRoot()));
        });
  }

  private Stream<String> words() {
    try {
      byte[] line = Files.readAllBytes(Path.of("/proc/" + pid + "/cmdline"));
      return Stream.of(new String(line, StandardCharsets.UTF_8).split("\0", -1));
    } catch (IOException e) {
      return ProcessHandle.of(pid).stream()
          .flatMap(process -> Stream.of(process.info().arguments().orElse(new String[0])));
    }
  }

  private static @Nullable Path pathIn(String word) {
    try {
      return word.startsWith("/") ? Path.of(word) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private boolean isSame(ProcessIdentity other) {
    if (pid != other.pid) {
      return false;
    }
    return (mark.isEmpty() || other.mark.isEmpty())
        ? Duration.between(startedAt, other.startedAt).abs().compareTo(ROUNDING) < 0
        : mark.equals(other.mark);
  }

  private static String markOf(long pid) {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return boot + ":" + statField(pid, 22);
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean isZombie(long pid) {
    try {
      String state = statField(pid, 3);
      return state.equals("Z") || state.equals("X");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * A field of {@code /proc/<pid>/stat}, counted from 1 as proc(5) does; the name in field 2 may
   * hold anything.
   */
  private static String statField(long pid, int number) throws IOException {
    String line = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    if (number - 3 >= fields.length) {
      throw new IOException("short stat line of process " + pid);
    }
    return fields[number - 3].strip();
  }
}
