package dev.espalier.api.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.Measurement;
import dev.espalier.store.Store;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Where two computations of one stage part. */
final class FirstDifference {
  private static final String ROUND = "round";
  private static final int LONGEST = 80;

  private FirstDifference() {}

  /**
   * In words: the round and the value, with both.
   *
   * @param key of the stage, the same in both stores
   */
  static String inWords(
      Store recorded, Store recomputed, String key, String recordedResult, String result) {
    for (Measurement before : recorded.measurements().list(key, ROUND)) {
      Optional<String> now = recomputed.measurements().find(key, before.round(), ROUND);
      if (now.isPresent() && !now.get().equals(before.json())) {
        return "round %d, %s".formatted(before.round() + 1, between(before.json(), now.get()));
      }
    }
    return between(recordedResult, result);
  }

  static String between(String recorded, String recomputed) {
    return first("", Json.read(recorded, JsonNode.class), Json.read(recomputed, JsonNode.class))
        .orElse("the same values in another order");
  }

  private static Optional<String> first(String path, JsonNode before, JsonNode now) {
    if (before.equals(now)) {
      return Optional.empty();
    }
    if (before.isObject() && now.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      before.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      return names.stream()
          .flatMap(name ->
              first(path.isEmpty() ? name : path + "." + name, before.path(name), now.path(name))
                  .stream())
          .findFirst();
    }
    if (before.isArray() && now.isArray()) {
      for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
        Optional<String> found = first("%s[%d]".formatted(path, i), before.path(i), now.path(i));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.of(
        "%s: recorded %s, now %s"
            .formatted(path.isEmpty() ? "the value" : path, shown(before), shown(now)));
  }

  private static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "nothing" : value.toString();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
