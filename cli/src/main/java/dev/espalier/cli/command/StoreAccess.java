package dev.espalier.cli.command;

import dev.espalier.api.upkeep.Backups;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeLock;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.home.Servers;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.Store;
import dev.espalier.store.embedded.Backup;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A home's store, wherever it is: served by the running {@code up}, or, when nothing runs, the file
 * itself, opened under the home's lock for as long as the command takes.
 */
public final class StoreAccess implements AutoCloseable {

  /** Enough for an {@code up} that is starting or ending, or another command, to let go. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration TURN = Duration.ofMillis(400);
  private static final int ATTEMPTS = 3;

  private final Store store;
  private final @Nullable RunningHome running;
  private final @Nullable EmbeddedStore embedded;
  private final @Nullable HomeLock lock;

  private StoreAccess(
      Store store,
      @Nullable RunningHome running,
      @Nullable EmbeddedStore embedded,
      @Nullable HomeLock lock) {
    this.store = store;
    this.running = running;
    this.embedded = embedded;
    this.lock = lock;
  }

  /**
   * Opens the home's store.
   *
   * @param purpose the command's name: others who wait for the lock are told
   */
  public static StoreAccess open(Home home, String purpose) {
    return open(home, purpose, PATIENCE);
  }

  /**
   * Does work with the home's store that may be done again. The {@code up} that serves the store
   * may end just now, since nothing is left to do: then the file is opened.
   *
   * @param purpose as for {@link #open(Home, String)}
   */
  static <T> T use(Home home, String purpose, Function<StoreAccess, T> work) {
    for (int attempt = 1; ; attempt++) {
      try (StoreAccess access = open(home, purpose)) {
        return work.apply(access);
      } catch (Lost e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  static StoreAccess open(Home home, String purpose, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<RunningHome> running = RunningHome.findReadable(home);
      if (running.isPresent()) { // asked first: it answers where nothing can be written, too
        return new StoreAccess(Store.connect(running.get().storeUri()), running.get(), null, null);
      }
      String elsewhere = Servers.of(home).mongodb();
      if (elsewhere != null) {
        return openElsewhere(home, elsewhere);
      }
      try {
        home.prepare();
      } catch (InvalidInput unwritable) {
        return openToRead(home, unwritable);
      }
      Optional<HomeLock> lock = HomeLock.tryTake(home, purpose, TURN);
      if (lock.isPresent()) {
        return openFile(home, lock.get());
      }
      if (System.nanoTime() >= deadline) {
        throw new InvalidInput(
            "the home %s is held by %s, which serves no store yet: try again in a moment, or look into %s"
                .formatted(home, HomeLock.holder(home), home.logs()));
      }
    }
  }

  /** The store that the home's last {@code up} was told of, though none runs now. */
  private static StoreAccess openElsewhere(Home home, String uri) {
    Store store = Store.connect(uri);
    try {
      store.ping();
      return new StoreAccess(store, null, null, null);
    } catch (Lost e) {
      store.close();
      throw new InvalidInput(
          ("the experiments of the home %s are in the MongoDB at %s, as its last `espalier up "
                  + "--mongodb` was told, and it does not answer: "
                  + "start it, or go back to the embedded store with espalier up --mongodb %s")
              .formatted(home, Store.withoutPassword(uri), Servers.EMBEDDED),
          e);
    }
  }

  /** A full disk, or a home that is only to be read: what is there can be read all the same. */
  private static StoreAccess openToRead(Home home, InvalidInput unwritable) {
    if (!Files.isReadable(home.storeFile())) {
      throw unwritable;
    }
    EmbeddedStore embedded = EmbeddedStore.openToRead(home.storeFile());
    System.err.printf("%s. It is opened only to read.%n", unwritable.getMessage());
    return new StoreAccess(Store.connect(embedded.uri()), null, embedded, null);
  }

  private static StoreAccess openFile(Home home, HomeLock lock) {
    try {
      EmbeddedStore embedded = EmbeddedStore.open(home.storeFile(), 0);
      embedded.news().ifPresent(System.err::println);
      try {
        return new StoreAccess(Store.connect(embedded.uri()), null, embedded, lock);
      } catch (RuntimeException e) {
        embedded.close();
        throw e;
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  public Store store() {
    return store;
  }

  /** The running {@code up} that serves the store; empty when the file itself is open. */
  public Optional<RunningHome> running() {
    return Optional.ofNullable(running);
  }

  /** Whether nothing can be changed in it: its disk is full, or nobody may write there. */
  boolean isToRead() {
    return embedded != null && lock == null;
  }

  /** Writes the store of this moment into a file, where no {@code up} serves it. */
  Backup backup(Path to) throws IOException {
    return embedded == null ? Backups.NONE.write(to) : embedded.backup(to);
  }

  @Override
  public void close() {
    store.close();
    if (embedded != null) {
      embedded.close();
    }
    if (lock != null) {
      lock.close();
    }
  }
}
