package dev.espalier.cli.command;

import dev.espalier.search.method.Specification;
import dev.espalier.search.specification.PartFile;
import dev.espalier.search.specification.SpecificationReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person wrote.
 *
 * @param name of the file, for messages, or empty
 * @param text the specification
 * @param space a file with a space of one's own, if there is one
 */
record Written(String name, String text, @Nullable PartFile space) {

  /** Without files. */
  static Written of(String text) {
    return new Written("", text, null);
  }

  Specification read(Map<String, String> overrides) {
    return SpecificationReader.read(name, text, space, overrides);
  }

  /** The overrides as they are sent: with the space. */
  Map<String, String> sent(Map<String, String> overrides) {
    Map<String, String> sent = new LinkedHashMap<>(overrides);
    if (space != null) {
      sent.put(space.path(), space.text());
    }
    return sent;
  }
}
