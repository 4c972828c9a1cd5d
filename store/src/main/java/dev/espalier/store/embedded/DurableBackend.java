package dev.espalier.store.embedded;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.Set;
import org.h2.mvstore.MVStore;

/** Commits to the file before it answers a write. */
final class DurableBackend extends H2Backend {
  private static final Set<String> READS = Set.of("find", "getMore", "hello", "isMaster", "ping");

  private final MVStore storage;

  DurableBackend(MVStore storage) {
    super(storage);
    this.storage = storage;
  }

  @Override
  public Document handleMessage(MongoMessage message) {
    Document reply = super.handleMessage(message);
    if (!READS.contains(message.getDocument().keySet().iterator().next())) {
      storage.commit();
    }
    return reply;
  }
}
