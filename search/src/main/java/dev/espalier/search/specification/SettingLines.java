package dev.espalier.search.specification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** On which line of a text each of its settings stands. */
final class SettingLines {
  private final Map<String, Integer> lines;

  private SettingLines(Map<String, Integer> lines) {
    this.lines = lines;
  }

  /** Of a text that this mapper can read. */
  static SettingLines of(ObjectMapper mapper, String text) {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = mapper.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() != JsonToken.END_OBJECT
            && parser.currentToken() != JsonToken.END_ARRAY) {
          String path = parser.getParsingContext().pathAsPointer().toString();
          lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SettingLines(lines);
  }

  /**
   * The line, from 1, of a setting or of the nearest group around it that has one.
   *
   * @param path such as {@code layers.0.stride}
   */
  OptionalInt of(String path) {
    String pointer = path.isEmpty() ? "" : "/" + path.replace('.', '/');
    while (!pointer.isEmpty()) {
      Integer line = lines.get(pointer);
      if (line != null) {
        return OptionalInt.of(line);
      }
      pointer = pointer.substring(0, pointer.lastIndexOf('/'));
    }
    return OptionalInt.empty();
  }
}
