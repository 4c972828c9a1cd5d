package dev.espalier.store;

import java.security.SecureRandom;
import org.bson.Document;

/** The name that tells a store from every other one, made when it is first asked for. */
final class Identity {
  static final String ID = "store";

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 8;

  private final Documents documents;

  Identity(Documents documents) {
    this.documents = documents;
  }

  /** The first one stays, whoever made it. */
  String get() {
    return documents
        .find(ID)
        .or(() -> {
          documents.insert(new Document("_id", ID).append("id", random()));
          return documents.find(ID);
        })
        .map(stored -> new Fields(stored).text("id"))
        .orElseThrow();
  }

  private static String random() {
    SecureRandom random = new SecureRandom();
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }
}
