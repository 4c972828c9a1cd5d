package dev.espalier.bench;

import dev.espalier.search.failure.InvalidInput;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Words of the form {@code name=value}, as benches are given them. */
final class Arguments {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /** The last value of a name counts. */
  static Arguments of(List<String> words) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new InvalidInput("\"%s\" has not the form name=value".formatted(word));
      }
      values.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return new Arguments(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new InvalidInput("%s=... is missing".formatted(name));
    }
    return value;
  }

  Path path(String name) {
    return Path.of(text(name));
  }

  int number(String name, int otherwise) {
    return has(name) ? Integer.parseInt(text(name)) : otherwise;
  }

  /** Those whose names are paths of a specification, such as {@code search.repeats}. */
  Map<String, String> settings() {
    return values.entrySet().stream()
        .filter(each -> each.getKey().contains("."))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
