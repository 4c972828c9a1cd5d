package dev.espalier.store;

/**
 * A document whose bytes in the file are not what was written. It is never shown; whatever else is
 * stored is.
 */
public final class DamagedDocument extends RuntimeException {
  /** The field by which the embedded store tells of one, in place of all of its fields. */
  public static final String FIELD = "damagedInTheFile";

  private static final long serialVersionUID = 1L;

  private final String collection;
  private final String id;

  DamagedDocument(String collection, String id, String what, String where) {
    super(
        ("%s of %s is damaged in the store at %s: %s. It is not used. "
                + "To see all that is damaged, and what to do, run: espalier verify")
            .formatted(id, collection, where, what));
    this.collection = collection;
    this.id = id;
  }

  /** A change to one, as the server refused it. */
  DamagedDocument(String collection, String refusal) {
    super(refusal);
    this.collection = collection;
    this.id = "";
  }

  public String collection() {
    return collection;
  }

  /** Its {@code _id}, or that of the first document in a part of the file that cannot be read. */
  public String id() {
    return id;
  }
}
