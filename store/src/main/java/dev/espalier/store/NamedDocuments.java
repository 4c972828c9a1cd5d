package dev.espalier.store;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * Things by digest, and the names people gave them: one digest may have several.
 *
 * @param <T> the thing
 */
final class NamedDocuments<T> {
  private final Documents documents;
  private final Documents names;
  private final Function<Document, T> read;
  private final Function<T, String> digest;
  private final BiFunction<T, String, T> named;

  /**
   * @param named the same thing under another name
   */
  NamedDocuments(
      Documents documents,
      Documents names,
      Function<Document, T> read,
      Function<T, String> digest,
      BiFunction<T, String, T> named) {
    this.documents = documents;
    this.names = names;
    this.read = read;
    this.digest = digest;
    this.named = named;
  }

  /** Stores a thing under its name. {@code DIFFERENT} where the name is another one's. */
  Recorded put(String name, String digestOfIt, Document document) {
    documents.insert(document);
    if (names.insert(new Document("_id", name).append("digest", digestOfIt))) {
      return Recorded.NEW;
    }
    return byName(name)
        .filter(stored -> digest.apply(stored).equals(digestOfIt))
        .map(same -> Recorded.SAME)
        .orElse(Recorded.DIFFERENT);
  }

  Optional<T> byName(String name) {
    return names
        .find(name)
        .flatMap(found -> byDigest(found.getString("digest")))
        .map(thing -> named.apply(thing, name));
  }

  Optional<T> byDigest(String wanted) {
    return documents.find(wanted).map(read);
  }

  /** All things under all their names, by name. */
  List<T> list() {
    Map<String, T> byDigest =
        documents.find(new Document()).stream()
            .map(read)
            .collect(Collectors.toMap(digest, Function.identity()));
    return names.find(new Document()).stream()
        .map(Fields::new)
        .sorted(Comparator.comparing(Fields::id))
        .map(name ->
            Optional.ofNullable(byDigest.get(name.text("digest")))
                .map(found -> named.apply(found, name.id())))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Takes a name away; the thing itself stays for the experiments that used it. */
  boolean forget(String name) {
    return names.delete(Documents.byId(name));
  }
}
