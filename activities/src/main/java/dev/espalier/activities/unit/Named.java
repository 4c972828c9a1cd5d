package dev.espalier.activities.unit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a result names in the store: artifacts, evaluations, a data set, rounds. A result counts
 * only while all of it is there.
 */
public final class Named {
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> ARTIFACTS = Set.of("weights", "model", "rows", "architectures");

  private final Store store;

  public Named(Store store) {
    this.store = store;
  }

  /**
   * What the store lacks of a result, in words; empty if nothing.
   *
   * @param key under which the stage's rounds are recorded
   * @param result JSON
   */
  public List<String> lacking(String key, String result) {
    List<String> lacking = artifactsLacking(result);
    JsonNode json = Json.read(result, JsonNode.class);
    int rounds = json.path("rounds").isArray() ? json.path("rounds").size() : 0;
    for (int round = 0; round < rounds; round++) {
      if (store.measurements().find(key, round, "round").isEmpty()) {
        lacking.add("the record of round " + (round + 1));
      }
    }
    for (JsonNode evaluated : json.path("evaluations")) {
      String id = evaluated.path("evaluationId").asText();
      boolean measured = evaluated.path("validationAccuracy").isNumber(); // else it diverged
      if (measured && store.measurements().find(key, 0, "trained-" + id).isEmpty()) {
        lacking.add("evaluation " + id);
      }
    }
    return lacking;
  }

  /** The artifacts and data sets alone. */
  public List<String> artifactsLacking(String result) {
    List<String> lacking = new ArrayList<>();
    look(
        Json.read(result, JsonNode.class),
        sha -> {
          if (!store.artifacts().isWhole(sha)) {
            lacking.add("artifact " + sha);
          }
        },
        data -> {
          if (store
              .datasets()
              .byDigest(data)
              .map(DatasetDocument::artifact)
              .filter(store.artifacts()::exists)
              .isEmpty()) {
            lacking.add("data set " + data);
          }
        });
    return lacking;
  }

  private static void look(JsonNode json, Consumer<String> artifact, Consumer<String> data) {
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      String value = field.getValue().isTextual() ? field.getValue().asText() : "";
      if (SHA.matcher(value).matches()) {
        if (ARTIFACTS.contains(field.getKey())) {
          artifact.accept(value);
        } else if (field.getKey().equals("dataDigest")) {
          data.accept(value);
        }
      }
    }
    for (JsonNode each : json) {
      look(each, artifact, data);
    }
  }
}
