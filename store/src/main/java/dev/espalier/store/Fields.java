package dev.espalier.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a stored document, with a default where an older version of the program did
 * not write them. Maps are stored as lists of name and value, for a name may hold dots.
 */
final class Fields {
  private final Document document;

  Fields(Document document) {
    this.document = document;
  }

  String id() {
    return text("_id");
  }

  String text(String name) {
    return Objects.requireNonNullElse(textOrNull(name), "");
  }

  /**
   * One of an enum's constants, by its name.
   *
   * @throws IllegalArgumentException if this version has none of that name
   */
  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String stored = text(name);
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(stored)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "its %s is \"%s\", which this version does not know".formatted(name, stored));
  }

  @Nullable String textOrNull(String name) {
    return document.getString(name);
  }

  long whole(String name) {
    Object value = document.get(name);
    return value instanceof Number number ? number.longValue() : 0;
  }

  int count(String name) {
    return Math.toIntExact(whole(name));
  }

  double real(String name) {
    Object value = document.get(name);
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  boolean flag(String name) {
    return document.getBoolean(name, false);
  }

  byte[] bytes(String name) {
    return Objects.requireNonNullElseGet(
            document.get(name, Binary.class), () -> new Binary(new byte[0]))
        .getData();
  }

  Instant instant(String name) {
    return Objects.requireNonNullElse(instantOrNull(name), Instant.EPOCH);
  }

  @Nullable Instant instantOrNull(String name) {
    Date date = document.getDate(name);
    return date == null ? null : date.toInstant();
  }

  List<String> texts(String name) {
    return List.copyOf(document.getList(name, String.class, List.of()));
  }

  Document nested(String name) {
    return Objects.requireNonNullElseGet(document.get(name, Document.class), Document::new);
  }

  List<Document> nestedList(String name) {
    return document.getList(name, Document.class, List.of());
  }

  Map<String, String> textsByName(String name) {
    Map<String, String> values = new LinkedHashMap<>();
    eachNamed(name, (key, value) -> values.put(key, (String) value));
    return values;
  }

  Map<String, Double> realsByName(String name) {
    Map<String, Double> values = new LinkedHashMap<>();
    eachNamed(name, (key, value) -> values.put(key, ((Number) value).doubleValue()));
    return values;
  }

  static List<Document> named(Map<String, ?> values) {
    List<Document> stored = new ArrayList<>();
    values.forEach((name, value) -> stored.add(new Document("name", name).append("value", value)));
    return stored;
  }

  private void eachNamed(String name, BiConsumer<String, Object> reader) {
    for (Document entry : nestedList(name)) {
      reader.accept(entry.getString("name"), entry.get("value"));
    }
  }
}
