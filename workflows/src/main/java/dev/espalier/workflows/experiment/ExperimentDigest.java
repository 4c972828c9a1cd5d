package dev.espalier.workflows.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Digest;
import dev.espalier.search.canonical.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What makes two runs the same run: everything that was asked and everything that came out, and
 * nothing else.
 */
public final class ExperimentDigest {
  private final String specification;
  private final String numericClass;
  private final List<Map<String, Object>> stages = new ArrayList<>();

  /**
   * @param specification resolved, JSON
   */
  public ExperimentDigest(String specification, String numericClass) {
    this.specification = specification;
    this.numericClass = numericClass;
  }

  /**
   * Adds a stage, in the order in which they run.
   *
   * @param key the unsalted stage key
   * @param result JSON
   */
  public void add(String name, String key, String result) {
    Map<String, Object> stage = new LinkedHashMap<>();
    stage.put("name", name);
    stage.put("key", key);
    stage.put("result", Json.read(result, JsonNode.class));
    stages.add(stage);
  }

  public String digest(String dataDigest) {
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("specification", Json.read(specification, JsonNode.class));
    whole.put("data", dataDigest);
    whole.put("numericClass", numericClass);
    whole.put("stages", stages);
    return Digest.of(whole);
  }
}
