package dev.espalier.store.embedded;

import dev.espalier.search.failure.FileTrouble;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.Page;
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

  static final long ROOM_BYTES = 32L << 20;
  private static final int CLOSE_MILLIS = 5_000;
  private static final Duration REUSE_AFTER = Duration.ofSeconds(10);
  private static final Duration MAINTAIN_EVERY = Duration.ofSeconds(1);
  private static final int COMPACT_EVERY = 10;
  private static final int COMPACT_BELOW_PERCENT = 50;
  private static final int COMPACT_BYTES = 8 << 20;

  private static final Duration COPY_EVERY = Duration.ofMinutes(10);
  private static final Duration FIRST_COPY = Duration.ofMinutes(1);
  private static final Duration LAST_COPY = Duration.ofSeconds(3);

  /** So that copying takes a fiftieth of the time at most, however large the file is. */
  private static final int COPY_REST = 50;

  private static final int COPY_PART_OF_FREE = 4;

  private final Path file;
  private final long roomBytes;
  private final boolean readOnly;
  private final Copies copies;
  private final Optional<String> news;
  private final ReentrantLock committing = new ReentrantLock();

  /** Changes are made under the one, and a snapshot of all maps is taken under the other. */
  private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock();

  private final ReentrantLock copying = new ReentrantLock();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean unsynced;
  private volatile boolean uncopied;
  private volatile boolean marked;
  private volatile MVStore store;

  private Storage(Path file, long roomBytes, boolean readOnly, Opening.Opened opened) {
    this.file = file;
    this.roomBytes = roomBytes;
    this.readOnly = readOnly;
    this.copies = new Copies(file);
    this.store = opened.store();
    this.news = Optional.ofNullable(opened.news());
  }

  /**
   * Opens the file.
   *
   * @param roomBytes how much must be free on its disk for writing
   * @throws Locked if another process holds it
   * @throws Unusable if it is damaged, and so are its copies
   */
  static Storage open(Path file, long roomBytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Opening.Opened opened = Opening.open(file);
      opened.store().setRetentionTime(Math.toIntExact(REUSE_AFTER.toMillis()));
      Storage storage = new Storage(file, roomBytes, false, opened);
      storage.begin();
      return storage;
    } catch (MVStoreException failure) {
      throw new InvalidInput(
          "%s cannot be opened as a document store: %s".formatted(file, reason(file, failure)),
          failure);
    } catch (IOException failure) {
      throw new InvalidInput(
          "the folder of %s cannot be written: %s".formatted(file, FileTrouble.inWords(failure)),
          failure);
    }
  }

  /** Opens the file as it is: nothing is written, and nothing needs to be free. */
  static Storage openToRead(Path file) {
    return new Storage(
        file, Long.MAX_VALUE, true, new Opening.Opened(Opening.openToRead(file), null));
  }

  private void begin() {
    if (freeBytes() >= roomBytes) {
      DocumentMaps.addChecksums(store);
      mark();
    }
    Thread.ofPlatform().daemon().name("espalier-store-maintenance").start(this::maintain);
    Thread.ofPlatform().daemon().name("espalier-store-copies").start(this::copyNowAndThen);
  }

  /** What became of the file when it was opened, where it was damaged. */
  Optional<String> news() {
    return news;
  }

  /**
   * The documents of a collection, none where there is no such map and none can come into being.
   */
  MVMap<String, byte[]> documents(String mapName) {
    return readOnly && !store.hasMap(mapName)
        ? DocumentMaps.open(MVStore.open(null), mapName)
        : DocumentMaps.open(store, mapName);
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
      T answer = changing(action);
      commit(current);
      return answer;
    } finally {
      current.deregisterVersionUsage(version);
    }
  }

  private <T> T changing(Supplier<T> action) {
    changing.readLock().lock();
    try {
      return action.get();
    } finally {
      changing.readLock().unlock();
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
      if (!readOnly && changed.hasUnsavedChanges()) {
        changed.commit();
        unsynced = true;
        uncopied = true;
        if (!marked) {
          mark();
        }
      }
    } finally {
      committing.unlock();
    }
  }

  /** Refuses writes where the file was opened only to read. */
  void requireWritable() {
    if (readOnly) {
      throw NoRoom.toRead(file, freeBytes());
    }
  }

  /**
   * Refuses writes while little is free, for a write that fails half-way costs a reopening.
   *
   * @param bytes that are to come, as far as they are known
   */
  void requireRoom(long bytes) {
    long free = freeBytes();
    if (free - bytes < roomBytes) {
      throw new NoRoom(file, free, Math.min(roomBytes, Long.MAX_VALUE - bytes) + bytes);
    }
  }

  /**
   * Opens the file again if a failed write has closed it. What was not committed is gone, and was
   * never acknowledged.
   *
   * @param forget forgets all that belongs to the closed store
   */
  void reopenIfClosed(Runnable forget) {
    if (readOnly || !store.isClosed()) {
      return;
    }
    committing.lock();
    try {
      if (store.isClosed() && closed.getCount() > 0) {
        requireRoom(0);
        MVStore reopened = reopen();
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
        .formatted(file, reason(file, failure), freeBytes());
  }

  /** In our words where they are known: H2's own are those of its code. */
  private static String reason(Path file, MVStoreException failure) {
    if (Files.isDirectory(file)) {
      return "it is a folder: move it away";
    }
    if (Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file))) {
      return "this user may not read and write it";
    }
    for (Throwable each = failure.getCause(); each != null; each = each.getCause()) {
      if (each instanceof IOException trouble) {
        return FileTrouble.inWords(trouble);
      }
    }
    return Opening.plain(failure);
  }

  private MVStore reopen() {
    MVStore reopened = Opening.reopen(file);
    reopened.setRetentionTime(Math.toIntExact(REUSE_AFTER.toMillis()));
    return reopened;
  }

  /** Notes how far the file has come, once that is on the disk. */
  private void mark() {
    try {
      boolean empty = DocumentMaps.namesIn(store).isEmpty();
      new Mark(empty ? 0 : store.getCurrentVersion() - 1, Instant.now()).writeBeside(file);
      marked = true;
    } catch (IOException failure) {
      log.warn("the mark of {} cannot be written: {}", file, FileTrouble.inWords(failure));
    }
  }

  /** All documents as they are between two changes. */
  private Snapshot snapshot() {
    changing.writeLock().lock();
    try {
      MVStore.TxCounter version = store.registerVersionUsage();
      Map<String, Page<String, byte[]>> roots = new TreeMap<>();
      for (String name : DocumentMaps.namesIn(store)) {
        roots.put(name, DocumentMaps.open(store, name).getRootPage());
      }
      return new Snapshot(store, version, roots);
    } finally {
      changing.writeLock().unlock();
    }
  }

  /**
   * Copies all documents, if any has changed since the last copy and the disk has room.
   *
   * @param patience how long it may take
   */
  void copy(Duration patience) {
    copying.lock();
    try {
      if (!uncopied || !hasRoomForACopy()) {
        return;
      }
      long until = System.nanoTime() + patience.toNanos();
      uncopied = false;
      Copies.Copy made =
          copies.make(
              this::snapshot,
              () -> {
                if (System.nanoTime() > until) {
                  throw new Copies.GivenUp();
                }
              });
      log.debug("copied to {}", made.file());
    } catch (Copies.GivenUp late) {
      uncopied = true;
      log.info("no copy of {}: it would have taken longer than {}", file, patience);
    } catch (IOException | MVStoreException failure) {
      uncopied = true;
      log.warn("no copy of {} could be made: {}", file, failure.toString());
    } finally {
      copying.unlock();
    }
  }

  /**
   * Writes all documents of this moment into a file.
   *
   * @throws dev.espalier.search.failure.DiskFull where there is no room for it
   */
  Backup backup(Path to) throws IOException {
    Backup.requireNew(to);
    Backup.requireRoom(to.toAbsolutePath().resolveSibling("."), file.toFile().length());
    copying.lock();
    try {
      return Backup.write(to, this::snapshot);
    } finally {
      copying.unlock();
    }
  }

  private boolean hasRoomForACopy() {
    long size = file.toFile().length();
    long free = freeBytes();
    if (free - size < roomBytes || size > free / COPY_PART_OF_FREE) {
      log.warn(
          "no copy of {} ({} bytes) is made while so little is free on its disk: {} bytes",
          file,
          size,
          free);
      return false;
    }
    return true;
  }

  private void copyNowAndThen() {
    Duration rest = copies.list().isEmpty() ? FIRST_COPY : COPY_EVERY;
    try {
      while (!closed.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
        long begun = System.nanoTime();
        copy(COPY_EVERY);
        Duration least = Duration.ofNanos(System.nanoTime() - begun).multipliedBy(COPY_REST);
        rest = least.compareTo(COPY_EVERY) > 0 ? least : COPY_EVERY;
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends, copies and compacts the file, for some seconds at most. */
  @Override
  public void close() {
    closed.countDown();
    if (readOnly) {
      store.closeImmediately();
      return;
    }
    if (!store.isClosed()) {
      copy(LAST_COPY);
      mark();
    }
    store.setRetentionTime(0);
    try {
      store.close(CLOSE_MILLIS);
    } catch (MVStoreException failure) { // what was acknowledged is in the file all the same
      log.warn("{} could not be compacted: {}", file, explain(failure));
      store.closeImmediately();
    }
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
      mark();
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
