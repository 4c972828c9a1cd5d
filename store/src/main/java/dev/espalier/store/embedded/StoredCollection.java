package dev.espalier.store.embedded;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A collection in one ordered map from {@code _id} to BSON. Writers take turns; readers see each
 * document as it was before or after a write, without waiting. One that is damaged in the file is
 * read as a document that says so ({@link DocumentBytes}); it can be replaced and deleted, but not
 * changed.
 */
final class StoredCollection extends AbstractMongoCollection<String> {
  /*
   * mongo-java-server's own H2 collection hands out the very objects that the next update changes
   * while they are being sent, keeps a second map as the index of _id, and reads the whole
   * collection unless a filter is nothing but an _id. Here a document is decoded for each reader,
   * one put or remove is all a write of a document does, and every filter that names an _id, a
   * list or a range of them reads only these.
   */
  static final String ID = "_id";

  private final MVMap<String, byte[]> documents;

  StoredCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      CursorRegistry cursors,
      MVMap<String, byte[]> documents) {
    super(database, name, options, cursors);
    this.documents = documents;
  }

  /** The key of a document: its id if that is a string, else some string no id is likely to be. */
  static String keyOf(@Nullable Object id) {
    return switch (id) {
      case String text -> text;
      case Number number -> "\0" + number.doubleValue();
      case null -> "\0null";
      default -> "\0" + id;
    };
  }

  @Override
  protected QueryResult queryDocuments(
      Document query,
      @Nullable Document orderBy,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document fields) {
    return matchDocumentsFromStream(
        candidates(query), query, orderBy, skip, limit, batchSize, fields);
  }

  @Override
  protected QueryResult matchDocuments(
      Document query,
      @Nullable Document orderBy,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document fields) {
    return queryDocuments(query, orderBy, skip, limit, batchSize, fields);
  }

  /** The documents that may match, as few as the filter's {@code _id} tells. */
  private Stream<Document> candidates(Document query) {
    Object id = ID.equals(getIdField()) ? query.get(ID) : null;
    if (id instanceof String text) {
      return lookUp(List.of(text));
    }
    if (id instanceof Document condition) {
      if (condition.get("$in") instanceof Collection<?> ids) {
        TreeSet<String> keys = new TreeSet<>();
        ids.forEach(one -> keys.add(keyOf(one)));
        return lookUp(keys);
      }
      String from = lowerBound(condition);
      String to = upperBound(condition);
      if (from != null || to != null) {
        return range(from, to);
      }
    }
    return range(null, null);
  }

  private static @Nullable String lowerBound(Document condition) {
    Object bound = Objects.requireNonNullElse(condition.get("$gte"), condition.get("$gt"));
    return bound instanceof String text ? text : null;
  }

  private static @Nullable String upperBound(Document condition) {
    Object bound = Objects.requireNonNullElse(condition.get("$lte"), condition.get("$lt"));
    return bound instanceof String text ? text : null;
  }

  private Stream<Document> lookUp(Collection<String> keys) {
    return keys.stream().map(this::lookUp).flatMap(Optional::stream);
  }

  private Optional<Document> lookUp(String key) {
    try {
      return Optional.ofNullable(documents.get(key)).map(bytes -> DocumentBytes.decode(key, bytes));
    } catch (RuntimeException failure) {
      return Optional.of(DocumentBytes.damaged(key, ValuePages.damageOf(failure)));
    }
  }

  private Stream<Document> range(@Nullable String from, @Nullable String to) {
    return ValuePages.of(documents.getRootPage(), from, to).map(StoredCollection::decode);
  }

  private static Document decode(ValuePages.Entry entry) {
    byte[] value = entry.value();
    return value == null
        ? DocumentBytes.damaged(entry.key(), entry.damage())
        : DocumentBytes.decode(entry.key(), value);
  }

  @Override
  protected Stream<DocumentWithPosition<String>> streamAllDocumentsWithPosition() {
    return documents.entrySet().stream()
        .map(Map.Entry::getKey)
        .map(key -> new DocumentWithPosition<>(getDocument(key), key));
  }

  @Override
  protected Document getDocument(String position) {
    return DocumentBytes.decode(
        position, Objects.requireNonNull(documents.get(position), () -> "no document " + position));
  }

  @Override
  protected String addDocumentInternal(Document document) {
    String key =
        getIdField() == null ? UUID.randomUUID().toString() : keyOf(document.get(getIdField()));
    if (documents.putIfAbsent(key, DocumentBytes.encode(key, document)) != null) {
      throw new DuplicateKeyError(this, "_id: \"%s\"".formatted(key));
    }
    return key;
  }

  @Override
  protected void handleUpdate(String position, Document oldDocument, Document newDocument) {
    if (DocumentBytes.isDamaged(newDocument)) {
      throw new DamagedError(this, position, DocumentBytes.damage(newDocument));
    }
    documents.put(position, DocumentBytes.encode(position, newDocument));
  }

  @Override
  protected void removeDocument(String position) {
    documents.remove(position);
  }

  @Override
  public int count() {
    return documents.size();
  }

  @Override
  public boolean isEmpty() {
    return documents.isEmpty();
  }

  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int sizeDelta) {}

  @Override
  protected int getDataSize() {
    return 0;
  }

  // ---- writers take turns

  @Override
  public synchronized void addDocument(Document document) {
    super.addDocument(document);
  }

  @Override
  public synchronized List<Document> insertDocuments(List<Document> added, boolean isOrdered) {
    return super.insertDocuments(new ArrayList<>(added), isOrdered);
  }

  @Override
  public synchronized Document updateDocuments(
      Document selector,
      Document update,
      ArrayFilters arrayFilters,
      boolean isMulti,
      boolean isUpsert,
      Oplog oplog) {
    return super.updateDocuments(selector, update, arrayFilters, isMulti, isUpsert, oplog);
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    return super.findAndModify(query);
  }

  @Override
  public synchronized int deleteDocuments(Document selector, int limit, Oplog oplog) {
    return super.deleteDocuments(selector, limit, oplog);
  }

  @Override
  public synchronized void removeDocument(Document document) {
    super.removeDocument(document);
  }
}
