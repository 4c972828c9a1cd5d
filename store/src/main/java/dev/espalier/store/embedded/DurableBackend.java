package dev.espalier.store.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import java.util.Set;
import org.h2.mvstore.MVStoreException;

/**
 * Answers commands from the {@link Storage}, and only with what is in its file: a write is answered
 * when it is there, and a read waits for the writes it has seen.
 */
final class DurableBackend extends AbstractMongoBackend {
  private static final Set<String> WRITES = Set.of("insert", "update", "findAndModify");
  private static final int INTERNAL_ERROR = 1;
  private static final int OUT_OF_DISK_SPACE = 14031;

  private final Storage storage;

  DurableBackend(Storage storage) {
    this.storage = storage;
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String databaseName) {
    return new StoredDatabase(databaseName, storage.store(), getCursorRegistry());
  }

  @Override
  public Document handleCommand(
      Channel channel, String databaseName, String command, Document query) {
    try {
      if (storage.reopenIfClosed()) {
        super.close(); // forgets the databases, which belong to the storage that was closed
      }
      if (WRITES.contains(command)) {
        storage.requireRoom();
      }
      Document reply =
          storage.reading(() -> super.handleCommand(channel, databaseName, command, query));
      storage.commit();
      return reply;
    } catch (NoRoom noRoom) {
      throw new MongoServerError(OUT_OF_DISK_SPACE, "OutOfDiskSpace", noRoom.getMessage(), noRoom);
    } catch (MVStoreException failure) {
      throw new MongoServerError(
          INTERNAL_ERROR, "InternalError", storage.explain(failure), failure);
    }
  }
}
