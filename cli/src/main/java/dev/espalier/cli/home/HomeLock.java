package dev.espalier.cli.home;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a home's embedded parts: held by {@code up} as long as it runs, by other
 * commands while they have the store open. The system gives it back when its holder dies, however
 * it dies.
 */
public final class HomeLock implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private HomeLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock for a purpose ("up", "show"), waiting for a short-lived holder; empty if it
   * stays taken.
   */
  public static Optional<HomeLock> tryTake(Home home, String purpose, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (true) {
        HomeLock taken = attempt(home, purpose);
        if (taken != null) {
          return Optional.of(taken);
        }
        if (System.nanoTime() >= deadline) {
          return Optional.empty();
        }
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException e) {
      throw new InvalidInput("the home %s cannot be locked: %s".formatted(home, e.getMessage()), e);
    }
  }

  private static @Nullable HomeLock attempt(Home home, String purpose) throws IOException {
    Path file = home.run().toRealPath().resolve(home.lockFile().getFileName());
    // Opening and closing a file drops the locks that this very process has on it (POSIX): so look
    // here first.
    if (!HELD.add(file)) {
      return null;
    }
    HomeLock taken = null;
    try {
      taken = lock(file, purpose);
      return taken;
    } finally {
      if (taken == null) {
        HELD.remove(file);
      }
    }
  }

  private static @Nullable HomeLock lock(Path file, String purpose) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return null;
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              "%d %s%n"
                  .formatted(ProcessHandle.current().pid(), purpose)
                  .getBytes(StandardCharsets.UTF_8)),
          0);
      return new HomeLock(file, channel, lock);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Who has it, in words ("process 4711 (up)"). */
  public static String holder(Home home) {
    try {
      String[] words = Files.readString(home.lockFile()).strip().split(" ", 2);
      return words.length == 2
          ? "process %s (%s)".formatted(words[0], words[1])
          : "another process";
    } catch (IOException e) {
      return "another process";
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      // Closing a lock file fails only where the file system is gone; the lock went with it.
    } finally {
      HELD.remove(file);
    }
  }
}
