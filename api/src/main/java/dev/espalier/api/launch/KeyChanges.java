package dev.espalier.api.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.launch.RerunPlan.Change;
import dev.espalier.api.view.SettingPaths;
import dev.espalier.search.canonical.Json;
import dev.espalier.workflows.stage.StageKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which settings make a stage another one than before. Stages before it are not told of here. */
public final class KeyChanges {
  private KeyChanges() {}

  /**
   * What differs, by the settings' paths.
   *
   * @param before the key of the stage before, canonical JSON
   */
  public static List<Change> between(String before, StageKey after) {
    JsonNode former = Json.read(before, JsonNode.class);
    Map<String, String> old = settings(former);
    Map<String, String> now = settings(Json.tree(after));
    TreeSet<String> paths = new TreeSet<>(old.keySet());
    paths.addAll(now.keySet());
    List<Change> changes = new ArrayList<>();
    for (String path : paths) {
      String was = old.getOrDefault(path, "");
      String is = now.getOrDefault(path, "");
      if (!was.equals(is)) {
        changes.add(new Change(path, was, is));
      }
    }
    return changes;
  }

  private static Map<String, String> settings(JsonNode key) {
    Map<String, String> settings = SettingPaths.of(key.path("parameters"));
    settings.put("seed", key.path("seed").asText());
    settings.put("revision", key.path("revision").asText());
    settings.put("arithmetic", key.path("numericClass").asText());
    if (!key.path("dataDigest").asText().isEmpty()) {
      settings.put("data (its bytes)", key.path("dataDigest").asText());
    }
    return settings;
  }
}
