package dev.espalier.store.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import java.util.Collection;
import java.util.Set;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers commands from the {@link Storage}, and only with what is in its file: a write is answered
 * when it is there, and a read waits for the writes it has seen.
 */
final class DurableBackend extends AbstractMongoBackend {
  private static final Logger log = LoggerFactory.getLogger(DurableBackend.class);

  private static final Set<String> READS =
      Set.of("find", "getMore", "count", "aggregate", "distinct", "listCollections", "killCursors");
  private static final Set<String> WRITES = Set.of("insert", "update", "findAndModify");
  private static final int INTERNAL_ERROR = 1;
  private static final int UNAUTHORIZED = 13;
  private static final int OUT_OF_DISK_SPACE = 14031;

  private final Storage storage;
  private final Gate gate;

  DurableBackend(Storage storage, Gate gate) {
    this.storage = storage;
    this.gate = gate;
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String databaseName) {
    return new StoredDatabase(databaseName, storage, getCursorRegistry());
  }

  @Override
  public Document handleCommand(
      Channel channel, String databaseName, String command, Document query) {
    Document gates = gate.answer(channel, command, query);
    if (gates != null) {
      return gates;
    }
    if (Gate.OPEN.contains(command)) {
      return Gate.greeting(query, super.handleCommand(channel, databaseName, command, query));
    }
    try {
      storage.reopenIfClosed(super::close); // the databases belong to the store that was closed
      if (!READS.contains(command)) {
        storage.requireWritable();
      }
      if (WRITES.contains(command)) {
        storage.requireRoom(announced(query));
      }
      return storage.committing(() -> super.handleCommand(channel, databaseName, command, query));
    } catch (NoRoom noRoom) {
      return failure(OUT_OF_DISK_SPACE, "OutOfDiskSpace", noRoom.reason())
          .append("file", noRoom.file())
          .append("freeBytes", noRoom.freeBytes())
          .append("neededBytes", noRoom.neededBytes());
    } catch (MVStoreException failure) {
      return failure(INTERNAL_ERROR, "InternalError", storage.explain(failure));
    }
  }

  /** MongoDB's protocol of old, which knows no authentication of a message. */
  @Override
  public QueryResult handleQuery(MongoQuery query) {
    if (!gate.isInside(query.getChannel())) {
      throw new MongoServerError(
          UNAUTHORIZED, "Unauthorized", "this query requires authentication");
    }
    return super.handleQuery(query);
  }

  /** Whoever puts an artifact notes its size first: what cannot be held is not begun. */
  private static long announced(Document query) {
    if (!"puts".equals(query.get("insert"))
        || !(query.get("documents") instanceof Collection<?> documents)) {
      return 0;
    }
    return documents.stream()
        .filter(Document.class::isInstance)
        .map(document -> ((Document) document).get("bytes"))
        .filter(Number.class::isInstance)
        .mapToLong(bytes -> ((Number) bytes).longValue())
        .sum();
  }

  /** An error reply. Thrown, it would be logged with all of the command, megabytes at times. */
  private static Document failure(int code, String name, String message) {
    log.warn("{}", message);
    return Gate.error(code, name, message);
  }
}
