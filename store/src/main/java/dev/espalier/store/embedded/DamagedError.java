package dev.espalier.store.embedded;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.exception.MongoServerError;

/** A change was asked of a document that is damaged in the file. */
final class DamagedError extends MongoServerError {
  /** MongoDB's code for data of its own that it cannot read. */
  static final int DATA_CORRUPTION = 246;

  private static final long serialVersionUID = 1L;

  DamagedError(MongoCollection<?> collection, String id, String what) {
    super(
        DATA_CORRUPTION,
        "DataCorruptionDetected",
        "%s of %s is damaged in the file: %s. Run: espalier verify"
            .formatted(id, collection.getCollectionName(), what));
  }
}
