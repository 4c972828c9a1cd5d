package dev.espalier.cli.doctor;

import dev.espalier.cli.home.Home;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The machine: Java, the home's folder, disk space, clock. */
final class MachineChecks {
  private static final int JAVA = 25;
  private static final long ROOM_BYTES = 2L << 30;
  private static final Duration CLOCK_WATCH = Duration.ofMillis(300);
  private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(50);

  private MachineChecks() {}

  static Finding jdk() {
    String found = "Java %s at %s".formatted(Runtime.version(), System.getProperty("java.home"));
    return Runtime.version().feature() == JAVA
        ? Finding.ok("jdk", found)
        : Finding.problem(
            "jdk",
            found,
            "install a JDK %d (Eclipse Temurin %d, say) and point JAVA_HOME at it"
                .formatted(JAVA, JAVA));
  }

  static Finding home(Home home) {
    try {
      home.prepare();
      return Finding.ok("home", home + " is writable");
    } catch (InvalidInput e) {
      return Finding.problem(
          "home",
          String.valueOf(e.getMessage()),
          "espalier doctor --home DIR, with a folder of yours");
    }
  }

  static Finding disk(Home home) {
    try {
      Path existing = home.root();
      while (!Files.exists(existing) && existing.getParent() != null) {
        existing = existing.getParent();
      }
      long free = Files.getFileStore(existing).getUsableSpace();
      String found = "%,d MB free for %s".formatted(free >> 20, home);
      return free >= ROOM_BYTES
          ? Finding.ok("disk", found)
          : Finding.problem(
              "disk",
              found
                  + ", of which engine, data and checkpoints need some %,d"
                      .formatted(ROOM_BYTES >> 20),
              "make room there, or use another disk: --home DIR");
    } catch (IOException e) {
      return Finding.problem(
          "disk", "free space cannot be read: " + e.getMessage(), "espalier doctor --home DIR");
    }
  }

  /**
   * Temporal's timers follow the wall clock, our deadlines the monotonic one: they must go at the
   * same speed, forwards.
   */
  static Finding clock(Home home) {
    Instant wallBefore = Instant.now();
    long before = System.nanoTime();
    while (System.nanoTime() - before < CLOCK_WATCH.toNanos()) {
      LockSupport.parkNanos(CLOCK_WATCH.toNanos() / 10);
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - before);
    Duration apart = Duration.between(wallBefore, Instant.now()).minus(elapsed);
    if (apart.abs().compareTo(CLOCK_TOLERANCE) > 0) {
      return Finding.problem(
          "clock",
          "the wall clock moved %d ms against the monotonic one within %d ms"
              .formatted(apart.toMillis(), elapsed.toMillis()),
          "let the clock be slewed, not stepped (chrony, systemd-timesyncd), then restart espalier up");
    }
    return fromTheFuture(home)
        ? Finding.problem(
            "clock",
            "the wall clock (%s) is behind the files of the home".formatted(Instant.now()),
            "set the clock: timedatectl set-ntp true")
        : Finding.ok(
            "clock",
            "wall and monotonic clock agree within %d ms".formatted(CLOCK_TOLERANCE.toMillis()));
  }

  private static boolean fromTheFuture(Home home) {
    try {
      return Files.getLastModifiedTime(home.processesFile())
          .toInstant()
          .isAfter(Instant.now().plusSeconds(120));
    } catch (IOException e) {
      return false; // nothing ran here yet
    }
  }
}
