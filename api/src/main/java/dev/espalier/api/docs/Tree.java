package dev.espalier.api.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes of a YAML document, which are changed in place. */
final class Tree {
  private Tree() {}

  /** The node as an object; an empty one that belongs to nothing where it is none. */
  @SuppressWarnings("unchecked") // what a YAML object is
  static Map<String, Object> map(@Nullable Object node) {
    return node instanceof Map ? (Map<String, Object>) node : new LinkedHashMap<>();
  }

  /** The node as a list; an empty one where it is none. */
  static List<?> list(@Nullable Object node) {
    return node instanceof List<?> list ? list : List.of();
  }

  /** A new object, of names and values in turn. */
  static Map<String, Object> of(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put((String) pairs[i], pairs[i + 1]);
    }
    return object;
  }
}
