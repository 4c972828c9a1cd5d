package dev.espalier.api.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who launches an experiment, in words that can stand in a log. */
final class LaunchedBy {
  private static final String UNNAMED = "the API";
  private static final int LONGEST = 100;

  private LaunchedBy() {}

  static String of(JsonNode node, List<String> problems) {
    return named("launchedBy", node, problems);
  }

  /**
   * The same, of a parameter.
   *
   * @throws InvalidInput if it cannot stand in a log
   */
  static String of(String parameter, @Nullable String text) {
    List<String> problems = new ArrayList<>();
    String by =
        named(
            parameter, text == null ? MissingNode.getInstance() : TextNode.valueOf(text), problems);
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return by;
  }

  /** The same, in a field of another name. */
  static String named(String field, JsonNode node, List<String> problems) {
    if (node.isMissingNode()) {
      return UNNAMED;
    }
    String text = node.asText();
    boolean clean = text.codePoints().noneMatch(LaunchedBy::isUnseen);
    if (!node.isTextual() || text.isBlank() || !clean || text.length() > LONGEST) {
      problems.add(
          "%s must be a text of 1 to %d characters that can be seen, but was %s."
              .formatted(field, LONGEST, what(node, text, clean)));
    }
    return text;
  }

  private static String what(JsonNode node, String text, boolean clean) {
    if (!node.isTextual()) {
      return node.isObject() ? "an object" : node.isArray() ? "a list" : node.toString();
    }
    if (text.isBlank()) {
      return "empty";
    }
    return clean ? "of %,d characters".formatted(text.length()) : "one with control characters";
  }

  /** Control characters, and those that turn the direction of what is beside them. */
  private static boolean isUnseen(int sign) {
    int type = Character.getType(sign);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
