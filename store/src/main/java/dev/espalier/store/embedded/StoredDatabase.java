package dev.espalier.store.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** A database: one map of the file for each collection. */
final class StoredDatabase extends AbstractSynchronizedMongoDatabase<String> {
  private static final int COMMAND_NOT_SUPPORTED = 115;

  private final Storage storage;

  StoredDatabase(String name, Storage storage, CursorRegistry cursors) {
    super(name, cursors);
    this.storage = storage;
    initializeNamespacesAndIndexes();
  }

  @Override
  protected MongoCollection<String> openOrCreateCollection(
      String collectionName, CollectionOptions options) {
    return new StoredCollection(
        this, collectionName, options, cursorRegistry, documents(collectionName));
  }

  @Override
  protected Index<String> openOrCreateUniqueIndex(
      String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
    if (keys.size() == 1 && keys.getFirst().getKey().equals(StoredCollection.ID)) {
      return new IdIndex(indexName, keys, documents(collectionName));
    }
    throw notSupported("unique indexes other than that of _id");
  }

  @Override
  public void drop(Oplog oplog) {
    super.drop(oplog);
    MVStore store = storage.store();
    DocumentMaps.namesIn(store).stream()
        .filter(name -> name.startsWith(mapName("")))
        .forEach(store::removeMap);
  }

  @Override
  public void dropCollection(String collectionName, Oplog oplog) {
    super.dropCollection(collectionName, oplog);
    storage.store().removeMap(mapName(collectionName));
  }

  @Override
  public void moveCollection(
      MongoDatabase oldDatabase, MongoCollection<?> collection, String newCollectionName) {
    throw notSupported("renaming collections");
  }

  @Override
  protected long getStorageSize() {
    return storage.store().getFileStore().size();
  }

  @Override
  protected long getFileSize() {
    return getStorageSize();
  }

  private MVMap<String, byte[]> documents(String collectionName) {
    return storage.documents(mapName(collectionName));
  }

  private String mapName(String collectionName) {
    return DocumentMaps.name(getDatabaseName(), collectionName);
  }

  private static MongoServerError notSupported(String what) {
    return new MongoServerError(
        COMMAND_NOT_SUPPORTED, "CommandNotSupported", "the embedded store does not know " + what);
  }
}
