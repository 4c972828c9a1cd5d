package dev.espalier.store.embedded;

import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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
  /*
   * A commit hands its bytes to the operating system: the death of the process, however violent,
   * loses nothing that was committed. The disk is told to keep them once a second, not at each
   * commit, which took 3.8 ms instead of 1.2: a loss of power may cost the last second. So that
   * the file survives that too, space is used again only long after the disk has been told.
   *
   * A commit of one small document writes some 25 KB, nearly all of which is garbage soon: without
   * reuse 6,000 commits of 300 bytes make a file of 166 MB, which closing compacts to 2 MB.
   */
  private static final Logger log = LoggerFactory.getLogger(Storage.class);

  private static final int CACHE_MEBIBYTES = 64;
  static final long ROOM_BYTES = 32L << 20;
  private static final int CLOSE_MILLIS = 5_000;
  private static final Duration REUSE_AFTER = Duration.ofSeconds(10);
  private static final Duration MAINTAIN_EVERY = Duration.ofSeconds(1);
  private static final int COMPACT_EVERY = 10;
  private static final int COMPACT_BELOW_PERCENT = 50;
  private static final int COMPACT_BYTES = 8 << 20;

  private final Path file;
  private final long roomBytes;
  private final ReentrantLock committing = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean unsynced;
  private volatile MVStore store;

  private Storage(Path file, long roomBytes, MVStore store) {
    this.file = file;
    this.roomBytes = roomBytes;
    this.store = store;
    Thread.ofPlatform().daemon().name("espalier-store-maintenance").start(this::maintain);
  }

  /**
   * Opens the file.
   *
   * @param roomBytes how much must be free on its disk for writing
   * @throws Locked if another process holds it
   */
  static Storage open(Path file, long roomBytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new Storage(file, roomBytes, openStore(file));
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
    MVStore store =
        new MVStore.Builder()
            .fileName(file.toString())
            .cacheSize(CACHE_MEBIBYTES)
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .open();
    store.setRetentionTime(Math.toIntExact(REUSE_AFTER.toMillis()));
    return store;
  }

  MVStore store() {
    return store;
  }

  /**
   * Runs what reads or changes documents, and returns when all that it changed, or saw changed, is
   * in the file. What it reads stays readable meanwhile.
   */
  <T> T committing(Supplier<T> action) {
    MVStore current = store;
    MVStore.TxCounter version = current.registerVersionUsage();
    try {
      T answer = action.get();
      commit(current);
      return answer;
    } finally {
      current.deregisterVersionUsage(version);
    }
  }

  /*
   * Whoever waits for the lock finds, more often than not, that the commit it waited for had its
   * change too. Without the lock one could not tell: a store has no unsaved changes any more as
   * soon as the commit begins.
   */
  private void commit(MVStore changed) {
    committing.lock();
    try {
      if (changed.isClosed()) {
        throw new MVStoreException(
            DataUtils.ERROR_CLOSED, "a write has failed and the store was closed meanwhile");
      }
      if (changed.hasUnsavedChanges()) {
        changed.commit();
        unsynced = true;
      }
    } finally {
      committing.unlock();
    }
  }

  /** Refuses writes while little is free, for a write that fails half-way costs a reopening. */
  void requireRoom() {
    long free = freeBytes();
    if (free < roomBytes) {
      throw new NoRoom(file, free);
    }
  }

  /**
   * Opens the file again if a failed write has closed it. What was not committed is gone, and was
   * never acknowledged.
   *
   * @param forget forgets all that belongs to the closed store
   */
  void reopenIfClosed(Runnable forget) {
    if (!store.isClosed()) {
      return;
    }
    committing.lock();
    try {
      if (store.isClosed() && closed.getCount() > 0) {
        requireRoom();
        MVStore reopened = openStore(file);
        forget.run();
        store = reopened;
        log.warn("opened {} again after a write had failed", file);
      }
    } finally {
      committing.unlock();
    }
  }

  /** What to say of a failure to read or write. */
  String explain(MVStoreException failure) {
    return "%s cannot be read or written (%s); %,d bytes are free on its disk"
        .formatted(file, failure.getMessage(), freeBytes());
  }

  /** Ends, and compacts the file for some seconds at most. */
  @Override
  public void close() {
    closed.countDown();
    store.setRetentionTime(0);
    store.close(CLOSE_MILLIS);
  }

  private void maintain() {
    try {
      int turn = 0;
      while (!closed.await(MAINTAIN_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        if (unsynced) {
          unsynced = false;
          turn++;
          maintain(turn);
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void maintain(int turn) {
    try {
      store.sync();
      if (turn % COMPACT_EVERY == 0) {
        compact();
      }
    } catch (MVStoreException failure) { // the next command says so to someone who waits for it
      log.warn("maintenance: {}", explain(failure));
    }
  }

  private void compact() {
    committing.lock(); // for it commits, too
    try {
      store.compact(COMPACT_BELOW_PERCENT, COMPACT_BYTES);
    } finally {
      committing.unlock();
    }
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(file).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }
}
