package dev.espalier.api.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Settings by their paths, as {@code --set} names them: {@code search.repeats}. */
public final class SettingPaths {
  private SettingPaths() {}

  /** The leaves of an object; a text as it is, a list and anything else as JSON. */
  public static Map<String, String> of(JsonNode settings) {
    Map<String, String> leaves = new TreeMap<>();
    add("", settings, leaves);
    return leaves;
  }

  private static void add(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(each ->
              add(
                  path.isEmpty() ? each.getKey() : path + "." + each.getKey(),
                  each.getValue(),
                  into));
    } else {
      into.put(path, node.isTextual() ? node.asText() : node.toString());
    }
  }
}
