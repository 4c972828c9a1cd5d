package dev.espalier.store;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;

/** Finds whatever looks like the SHA-256 of an artifact in the fields of documents. */
final class ArtifactReferences {
  private static final Pattern SHA = Pattern.compile("\\b[0-9a-f]{64}\\b");

  private final Set<String> found = new HashSet<>();

  /** Looks through one field of all documents of a collection. */
  ArtifactReferences in(Documents documents, String field) {
    documents
        .find(new Document(), new Document(field, 1))
        .forEach(document -> look(document.get(field)));
    return this;
  }

  Set<String> found() {
    return Set.copyOf(found);
  }

  private void look(@org.jspecify.annotations.Nullable Object value) {
    switch (value) {
      case String text -> {
        Matcher matcher = SHA.matcher(text);
        while (matcher.find()) {
          found.add(matcher.group());
        }
      }
      case Map<?, ?> map -> map.values().forEach(this::look);
      case Collection<?> values -> values.forEach(this::look);
      case null, default -> {}
    }
  }
}
