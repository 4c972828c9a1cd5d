package dev.espalier.store.embedded;

import de.bwaldvogel.mongo.MongoServer;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A document store in this process: MongoDB's wire protocol on a loopback port, kept in one file.
 * What it has acknowledged survives the death of the process. It answers those who know its
 * password, which lies beside the file.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final int BOSS_THREADS = 1;
  private static final int WORKER_THREADS = 16;

  private final Path file;
  private final Storage storage;
  private final MongoServer server;
  private final String uri;

  private EmbeddedStore(Path file, Storage storage, MongoServer server, String password) {
    this.file = file;
    this.storage = storage;
    this.server = server;
    this.uri = StorePassword.uri(server.getLocalAddress().getPort(), password);
  }

  /**
   * Where a store will answer when it is opened at this port; its password is made if it has none.
   */
  public static String uri(Path databaseFile, int port) {
    return StorePassword.uri(port, StorePassword.of(databaseFile.toAbsolutePath()));
  }

  /**
   * Opens the store, which comes into being where it was not.
   *
   * @param databaseFile nobody else may hold it
   * @param port on the loopback address; 0 for a free one
   * @throws Locked if another process holds the file
   */
  public static EmbeddedStore open(Path databaseFile, int port) {
    return open(databaseFile, port, Storage.ROOM_BYTES);
  }

  /**
   * Opens the store only to read: for a disk that is full, or where nobody may write. Nobody can
   * change anything meanwhile.
   *
   * @throws Locked if another process holds the file
   */
  public static EmbeddedStore openToRead(Path databaseFile) {
    Path file = databaseFile.toAbsolutePath();
    return serve(file, Storage.openToRead(file), 0, StorePassword.readOrMakeUp(file), false);
  }

  static EmbeddedStore open(Path databaseFile, int port, long roomBytes) {
    Path file = databaseFile.toAbsolutePath();
    String password = StorePassword.of(file);
    Storage storage = Storage.open(file, roomBytes);
    Place.of(file).settle(storage.store()); // before anybody can ask for its identity
    return serve(file, storage, port, password, true);
  }

  private static EmbeddedStore serve(
      Path file, Storage storage, int port, String password, boolean holds) {
    MongoServer server = new MongoServer(new DurableBackend(storage, new Gate(password)));
    try {
      server.bind(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          BOSS_THREADS,
          WORKER_THREADS);
      EmbeddedStore store = new EmbeddedStore(file, storage, server, password);
      if (holds) {
        new Holder(ProcessHandle.current().pid(), Store.withoutPassword(store.uri))
            .writeBeside(file);
      }
      return store;
    } catch (Exception failure) { // netty throws what it declares not
      server.shutdownNow();
      storage.close();
      throw new InvalidInput(
          "the document store cannot listen on 127.0.0.1:%d (%s): choose another port"
              .formatted(port, failure.getMessage()),
          failure);
    }
  }

  /** What became of the file when it was opened, for people; empty if it was as it should be. */
  public Optional<String> news() {
    return storage.news();
  }

  /** What became of a file that was damaged when it was opened, if that was since then. */
  public static Optional<String> newsSince(Path databaseFile, Instant then) {
    return News.readSince(databaseFile.toAbsolutePath(), then);
  }

  /** Copies the file now, if anything has changed in it since the last copy. */
  void copy(Duration patience) {
    storage.copy(patience);
  }

  /**
   * Writes all documents of this moment into a file, while others go on.
   *
   * @param to must not be there
   */
  public Backup backup(Path to) throws IOException {
    return storage.backup(to);
  }

  /** Where the store answers, with its database and its password: not for other people's eyes. */
  public String uri() {
    return uri;
  }

  /** Ends the server and compacts the file, for some seconds at most. */
  @Override
  public void close() {
    server.shutdownNow();
    storage.close();
    try {
      Holder.removeBeside(file);
    } catch (IOException ignored) {
      // a note for people, of which the next opening writes a new one
    }
  }
}
