package dev.espalier.store.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The index of {@code _id}, which is the map of the documents itself: there is nothing to keep up
 * to date, and nothing that a crash could leave half written. {@link StoredCollection} sees to
 * uniqueness and looks documents up.
 */
final class IdIndex extends Index<String> {
  private final MVMap<String, byte[]> documents;

  IdIndex(String name, List<IndexKey> keys, MVMap<String, byte[]> documents) {
    super(name, keys, false);
    this.documents = documents;
  }

  @Override
  public @Nullable String getPosition(Document document) {
    String key = StoredCollection.keyOf(document.get(StoredCollection.ID));
    return documents.containsKey(key) ? key : null;
  }

  @Override
  public @Nullable String remove(Document document) {
    return getPosition(document);
  }

  @Override
  public long getCount() {
    return documents.sizeAsLong();
  }

  @Override
  public long getDataSize() {
    return 0;
  }

  @Override
  public boolean isUnique() {
    return true;
  }

  @Override
  public boolean canHandle(Document query) {
    return false;
  }

  @Override
  public Iterable<String> getPositions(Document query) {
    return List.of();
  }

  @Override
  public void checkAdd(Document document, MongoCollection<String> collection) {}

  @Override
  public void add(Document document, String position, MongoCollection<String> collection) {}

  @Override
  public void checkUpdate(
      Document oldDocument, Document newDocument, MongoCollection<String> collection) {}

  @Override
  public void updateInPlace(
      Document oldDocument,
      Document newDocument,
      String position,
      MongoCollection<String> collection) {}

  @Override
  public void drop() {}
}
