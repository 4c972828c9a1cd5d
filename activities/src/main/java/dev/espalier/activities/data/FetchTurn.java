package dev.espalier.activities.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The right to fetch a data set: one fetch of a name at a time, in all threads and processes of a
 * home, since they would write the same files. It ends with its process, however that ends.
 */
final class FetchTurn implements AutoCloseable {
  /** A file's lock belongs to the whole process; among its threads these decide. */
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final ReentrantLock thread;
  private final FileChannel file;

  private FetchTurn(ReentrantLock thread, FileChannel file) {
    this.thread = thread;
    this.file = file;
  }

  /**
   * Waits for the turn.
   *
   * @param folder for downloads; comes into being
   * @param progress is told if it has to wait
   */
  static FetchTurn take(Path folder, String name, Consumer<String> progress) throws IOException {
    Path path = Files.createDirectories(folder).toRealPath().resolve(name + ".lock");
    String waiting = "%s is being fetched already: waiting for that".formatted(name);
    ReentrantLock thread = THREADS.computeIfAbsent(path, _ -> new ReentrantLock());
    if (!thread.tryLock()) {
      progress.accept(waiting);
      try {
        thread.lockInterruptibly();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while another thread fetched " + name);
      }
    }
    try {
      return new FetchTurn(thread, locked(path, waiting, progress));
    } catch (IOException | RuntimeException e) {
      thread.unlock();
      throw e;
    }
  }

  private static FileChannel locked(Path path, String waiting, Consumer<String> progress)
      throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() == null) {
        progress.accept(waiting);
        file.lock();
      }
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      thread.unlock();
    }
  }
}
