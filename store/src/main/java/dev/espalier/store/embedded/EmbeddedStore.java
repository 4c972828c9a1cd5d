package dev.espalier.store.embedded;

import de.bwaldvogel.mongo.MongoServer;
import dev.espalier.search.failure.InvalidInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A document store in this process: MongoDB's wire protocol on a loopback port, kept in one file.
 * What it has acknowledged survives the death of the process.
 */
public final class EmbeddedStore implements AutoCloseable {
  private static final int COMPACT_MILLIS = 5_000;

  private final Path file;
  private final MVStore storage;
  private final MongoServer server;
  private final String uri;

  private EmbeddedStore(Path file, MVStore storage, MongoServer server) {
    this.file = file;
    this.storage = storage;
    this.server = server;
    this.uri = "mongodb://127.0.0.1:%d/espalier".formatted(server.getLocalAddress().getPort());
  }

  /**
   * Opens the store, which comes into being where it was not.
   *
   * @param databaseFile nobody else may hold it
   * @param port on the loopback address; 0 for a free one
   * @throws Locked if another process holds the file
   */
  public static EmbeddedStore open(Path databaseFile, int port) {
    Path file = databaseFile.toAbsolutePath();
    MVStore storage = openStorage(file);
    MongoServer server = new MongoServer(new DurableBackend(storage));
    try {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      EmbeddedStore store = new EmbeddedStore(file, storage, server);
      new Holder(ProcessHandle.current().pid(), store.uri).writeBeside(file);
      return store;
    } catch (IOException | RuntimeException failure) {
      storage.closeImmediately();
      throw new InvalidInput(
          "the document store cannot listen on 127.0.0.1:%d (%s): choose another port"
              .formatted(port, failure.getMessage()),
          failure);
    }
  }

  /** Where the store answers, with its database. */
  public String uri() {
    return uri;
  }

  /** Ends the server and compacts the file, for some seconds at most. */
  @Override
  public void close() {
    server.shutdownNow();
    storage.close(COMPACT_MILLIS);
    try {
      Holder.removeBeside(file);
    } catch (IOException ignored) {
      // a note for people, of which the next opening writes a new one
    }
  }

  private static MVStore openStorage(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return new MVStore.Builder().fileName(file.toString()).autoCommitDisabled().open();
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
}
