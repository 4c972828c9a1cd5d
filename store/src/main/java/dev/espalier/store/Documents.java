package dev.espalier.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import dev.espalier.search.failure.DiskFull;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One collection, and all the store ever does with it: what is here is the subset of commands that
 * MongoDB, mongo-java-server and FerretDB answer alike. Every driver exception becomes a {@link
 * Lost} here, and nowhere else.
 */
final class Documents {
  /*
   * No transactions, pipelines, array filters or positional updates, no index but that of _id: one
   * of the three servers lacks each of them. Filters name the _id, or a range of it, first.
   */
  private static final int DUPLICATE_KEY = 11000;

  private static final int DATA_CORRUPTION = 246;
  private static final int OUT_OF_DISK_SPACE = 14031;
  private static final BsonInt64 NONE = new BsonInt64(0);
  private static final Logger log = LoggerFactory.getLogger(Documents.class);

  private final String name;
  private final MongoCollection<Document> collection;
  private final String where;

  Documents(MongoDatabase database, String name, String where) {
    this.name = name;
    this.collection = database.getCollection(name);
    this.where = where;
  }

  /** Inserts, and says whether it did: {@code false} where the {@code _id} is taken. */
  boolean insert(Document document) {
    return call(() -> {
      try {
        collection.insertOne(document);
        return true;
      } catch (MongoException failure) {
        if (isDuplicate(failure)) {
          return false;
        }
        throw failure;
      }
    });
  }

  /**
   * @throws DamagedDocument if it is damaged in the file
   */
  Optional<Document> find(String id) {
    return read(id).map(this::sound);
  }

  /**
   * As {@link #find(String)}, of what can be computed again: where it is damaged it is removed, and
   * counts as missing.
   */
  Optional<Document> findOrDrop(String id) {
    Optional<Document> found = read(id);
    if (found.isPresent() && isDamaged(found.get())) {
      log.warn("{}: it is removed and made again", damage(found.get()).getMessage());
      delete(byId(id));
      return Optional.empty();
    }
    return found;
  }

  /** As {@link #find(String)}: where it is damaged it counts as missing, and is left as it is. */
  Optional<Document> findSound(String id) {
    return read(id).filter(found -> !isDamaged(found));
  }

  private Optional<Document> read(String id) {
    return call(() -> Optional.ofNullable(collection.find(byId(id)).first()));
  }

  List<Document> find(Document filter) {
    return find(filter, new Document());
  }

  /**
   * @throws DamagedDocument if one of them is damaged in the file
   */
  List<Document> find(Document filter, Document projection) {
    return findAll(filter, projection).stream().map(this::sound).toList();
  }

  /** As {@link #find(Document, Document)}, those included that are damaged in the file. */
  List<Document> findAll(Document filter, Document projection) {
    return call(() ->
        collection.find(filter).projection(telling(projection)).into(new ArrayList<Document>()));
  }

  /**
   * Hands over all documents that match, one after the other, without holding them.
   *
   * @throws DamagedDocument if one of them is damaged in the file
   */
  void each(Document projection, Consumer<Document> consumer) {
    call(() -> {
      collection
          .find()
          .projection(telling(projection))
          .forEach((Consumer<Document>) document -> consumer.accept(sound(document)));
      return true;
    });
  }

  List<Document> find(Collection<String> ids) {
    return ids.isEmpty() ? List.of() : find(new Document("_id", new Document("$in", ids)));
  }

  /** All documents whose {@code _id} starts with the prefix, in the order of their ids. */
  List<Document> findByPrefix(String prefix) {
    return findByPrefix(prefix, prefix, new Document());
  }

  /** As {@link #findByPrefix(String)}, from the given id on. */
  List<Document> findByPrefix(String prefix, String from, Document projection) {
    return findAllByPrefix(prefix, from, projection).stream().map(this::sound).toList();
  }

  /** As {@link #findByPrefix}, those included that are damaged in the file. */
  List<Document> findAllByPrefix(String prefix, String from, Document projection) {
    Document range = new Document("$gte", from).append("$lt", prefix + '\uffff');
    return call(() ->
        collection
            .find(new Document("_id", range))
            .projection(telling(projection))
            .sort(new Document("_id", 1))
            .into(new ArrayList<Document>()));
  }

  /** Updates at most one document, and says whether one matched. */
  boolean update(Document filter, Document update) {
    return call(() -> collection.updateOne(filter, update).getMatchedCount() > 0);
  }

  /**
   * As {@link #update}, of what can be computed again: where it is damaged it is removed, and
   * nothing matched.
   */
  boolean updateOrDrop(Document filter, Document update) {
    try {
      return update(filter, update);
    } catch (DamagedDocument damaged) {
      log.warn("{}: it is removed and made again", damaged.getMessage());
      delete(byId(filter.getString("_id")));
      return false;
    }
  }

  /** Updates the document of that id, which comes into being where it was not. */
  void upsert(String id, Document update) {
    call(() -> {
      UpdateOptions options = new UpdateOptions().upsert(true);
      try {
        return collection.updateOne(byId(id), update, options);
      } catch (MongoException failure) {
        if (isDuplicate(failure)) { // another writer's upsert came first: it is there now
          return collection.updateOne(byId(id), update, options);
        }
        throw failure;
      }
    });
  }

  /** Puts the document in the place of the one with its id, if any. */
  void replace(Document document) {
    call(() -> {
      Document filter = byId(document.getString("_id"));
      ReplaceOptions options = new ReplaceOptions().upsert(true);
      try {
        return collection.replaceOne(filter, document, options);
      } catch (MongoException failure) {
        if (isDuplicate(failure)) {
          return collection.replaceOne(filter, document, options);
        }
        throw failure;
      }
    });
  }

  /** Updates at most one document and answers what it is now. */
  Optional<Document> updateAndGet(Document filter, Document update) {
    return call(() ->
        Optional.ofNullable(
            collection.findOneAndUpdate(
                filter,
                update,
                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER))));
  }

  boolean delete(Document filter) {
    return call(() -> collection.deleteOne(filter).getDeletedCount() > 0);
  }

  /** Deletes all documents whose {@code _id} starts so. */
  void deleteByPrefix(String prefix) {
    Document range = new Document("$gte", prefix).append("$lt", prefix + '\uffff');
    call(() -> collection.deleteMany(new Document("_id", range)).getDeletedCount());
  }

  static boolean isDamaged(Document document) {
    return document.containsKey(DamagedDocument.FIELD);
  }

  /** What is wrong with a document that is damaged in the file. */
  DamagedDocument damage(Document damaged) {
    return new DamagedDocument(
        name, damaged.getString("_id"), damaged.getString(DamagedDocument.FIELD), where);
  }

  private Document sound(Document document) {
    if (isDamaged(document)) {
      throw damage(document);
    }
    return document;
  }

  /** A projection to some fields has the one that tells of damage among them. */
  private static Document telling(Document projection) {
    return projection.containsValue(1)
        ? new Document(projection).append(DamagedDocument.FIELD, 1)
        : projection;
  }

  String name() {
    return name;
  }

  /** What is wrong with each of its documents, and how many there are: reads all of them. */
  Inspection.OfDocuments inspect() {
    List<Document> ids = findAll(new Document(), new Document("_id", 1));
    return new Inspection.OfDocuments(
        ids.size(),
        ids.stream()
            .filter(Documents::isDamaged)
            .map(found ->
                new Inspection.Fault(
                    name, found.getString("_id"), found.getString(DamagedDocument.FIELD)))
            .toList());
  }

  static Document byIds(Collection<String> ids) {
    return new Document("_id", new Document("$in", List.copyOf(ids)));
  }

  static Document byId(String id) {
    return new Document("_id", id);
  }

  static Document set(String field, @org.jspecify.annotations.Nullable Object value) {
    return new Document("$set", new Document(field, value));
  }

  private static boolean isDuplicate(MongoException failure) {
    return switch (failure) {
      case MongoWriteException write ->
          write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
      case MongoCommandException command -> command.getErrorCode() == DUPLICATE_KEY;
      default -> failure.getCode() == DUPLICATE_KEY;
    };
  }

  private <T> T call(Supplier<T> command) {
    return call(
        where,
        () -> {
          try {
            return command.get();
          } catch (MongoException failure) {
            if (failure.getCode() == DATA_CORRUPTION) {
              throw new DamagedDocument(name, String.valueOf(failure.getMessage()));
            }
            throw failure;
          }
        });
  }

  static <T> T call(String where, Supplier<T> command) {
    try {
      return command.get();
    } catch (BsonMaximumSizeExceededException tooLarge) {
      throw new InvalidInput(
          "a document is larger than the store takes: " + tooLarge.getMessage(), tooLarge);
    } catch (MongoInterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Lost("interrupted while waiting for the document store at " + where, interrupted);
    } catch (MongoException failure) {
      throw lost(where, failure);
    } catch (IllegalStateException closed) { // the driver's word for a client that was closed
      throw new Lost(
          "the connection to the document store at %s is closed".formatted(where), closed);
    }
  }

  /** The server's own sentence; the driver's has the whole reply behind it. */
  private static Lost lost(String where, MongoException failure) {
    if (failure instanceof MongoCommandException command) {
      BsonDocument reply = command.getResponse();
      if (command.getErrorCode() == OUT_OF_DISK_SPACE
          && reply.getNumber("neededBytes", NONE).longValue() > 0) {
        return new DiskFull(
            reply.getString("file").getValue(),
            reply.getNumber("freeBytes", NONE).longValue(),
            reply.getNumber("neededBytes").longValue());
      }
      return new Lost(
          "the document store at %s failed: %s".formatted(where, command.getErrorMessage()),
          failure);
    }
    return new Lost(
        "the document store at %s failed: %s".formatted(where, failure.getMessage()), failure);
  }
}
