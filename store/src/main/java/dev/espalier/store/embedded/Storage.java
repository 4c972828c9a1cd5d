package dev.espalier.store.embedded;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of an embedded store: commits, one for all who wait for one; opens itself again after a
 * write has failed; and keeps the file from growing.
 */
final class Storage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Storage.class);

  private static final int CACHE_MEBIBYTES = 64;
  private static final long ROOM_BYTES = 32L << 20;
  private static final int COMPACT_MILLIS = 5_000;

  private final Path file;
  private final AtomicLong asked = new AtomicLong();
  private final ReentrantLock committing = new ReentrantLock();
  private long committed;
  private volatile MVStore store;

  private Storage(Path file, MVStore store) {
    this.file = file;
    this.store = store;
  }

  /**
   * Opens the file.
   *
   * @throws Locked if another process holds it
   */
  static Storage open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new Storage(file, openStore(file));
    } catch (MVStoreException failure) {
      if (failure.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
        throw new Locked(file, Holder.readBeside(file));
      }
      throw new InvalidInput(
          "%s cannot be opened as a document store: %s".formatted(file, failure.getMessage()),
          failure);
    } catch (IOException failure) {
      throw new InvalidInput(
          "the folder of %s cannot be made: %s".formatted(file, failure), failure);
    }
  }

  private static MVStore openStore(Path file) {
    return new MVStore.Builder()
        .fileName(file.toString())
        .cacheSize(CACHE_MEBIBYTES)
        .autoCommitDisabled()
        .autoCommitBufferSize(0)
        .open();
  }

  MVStore store() {
    return store;
  }

  /** Returns when all that this thread has changed, or seen changed, is in the file. */
  void commit() {
    if (!store.hasUnsavedChanges()) {
      return;
    }
    long mine = asked.incrementAndGet();
    committing.lock();
    try {
      if (committed < mine) { // else another's commit, begun later than the change, had it
        long all = asked.get();
        store.commit();
        committed = all;
      }
    } finally {
      committing.unlock();
    }
  }

  /** Refuses writes while little is free, for a write that fails half-way costs a reopening. */
  void requireRoom() {
    long free = freeBytes();
    if (free < ROOM_BYTES) {
      throw new NoRoom(file, free);
    }
  }

  /**
   * Opens the file again if a failed write has closed it. What was not committed is gone, and was
   * never acknowledged.
   *
   * @return whether there is another {@link #store} now
   */
  boolean reopenIfClosed() {
    if (!store.isClosed()) {
      return false;
    }
    committing.lock();
    try {
      if (!store.isClosed()) {
        return true;
      }
      requireRoom();
      store = openStore(file);
      log.warn("opened {} again after a write had failed", file);
      return true;
    } finally {
      committing.unlock();
    }
  }

  /** What to say of a failure to read or write. */
  String explain(MVStoreException failure) {
    return "%s cannot be read or written (%s); %,d bytes are free on its disk"
        .formatted(file, failure.getMessage(), freeBytes());
  }

  @Override
  public void close() {
    store.close(COMPACT_MILLIS);
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(file).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }
}
