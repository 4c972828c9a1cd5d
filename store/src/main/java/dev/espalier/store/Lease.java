package dev.espalier.store;

import java.util.Optional;
import org.bson.Document;

/**
 * Which Temporal namespace runs the store's experiments: one at a time, for two would run every
 * experiment twice. Whoever serves it beats; who waits for it watches the beats by a clock of its
 * own.
 */
public final class Lease {
  private static final String ID = "temporal";

  private final Documents documents;

  Lease(Documents documents) {
    this.documents = documents;
  }

  /**
   * @param namespaceId made by Temporal when the namespace was registered: another database of the
   *     same server has another one
   * @param words where it is, for people
   * @param holder the process that took it
   * @param beats grows while somebody serves it
   */
  public record Held(String namespaceId, String words, String holder, long beats) {}

  public Optional<Held> find() {
    return documents.find(ID).map(Lease::fromDocument);
  }

  /** Takes what nobody has. */
  public boolean takeFree(String namespaceId, String words, String holder) {
    return documents.insert(
        fields(namespaceId, words, holder).append("_id", ID).append("beats", 0L));
  }

  /** Takes it from another, unless that one has beaten since. */
  public boolean takeFrom(Held other, String namespaceId, String words, String holder) {
    Document expected =
        Documents.byId(ID)
            .append("namespaceId", other.namespaceId())
            .append("beats", other.beats());
    return documents.update(
        expected,
        new Document(
            "$set", fields(namespaceId, words, holder).append("beats", other.beats() + 1)));
  }

  /** Says that it is served; answers whether it is still this namespace's. */
  public boolean beat(String namespaceId) {
    return documents.update(
        Documents.byId(ID).append("namespaceId", namespaceId),
        new Document("$inc", new Document("beats", 1L)));
  }

  /** Gives it back. Another server of the same namespace takes it again at its next beat. */
  public void release(String holder) {
    documents.delete(Documents.byId(ID).append("holder", holder));
  }

  private static Document fields(String namespaceId, String words, String holder) {
    return new Document("namespaceId", namespaceId).append("words", words).append("holder", holder);
  }

  private static Held fromDocument(Document document) {
    Fields fields = new Fields(document);
    return new Held(
        fields.text("namespaceId"),
        fields.text("words"),
        fields.text("holder"),
        fields.whole("beats"));
  }
}
