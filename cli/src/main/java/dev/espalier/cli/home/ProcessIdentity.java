package dev.espalier.cli.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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
