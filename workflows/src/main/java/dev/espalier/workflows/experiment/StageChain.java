package dev.espalier.workflows.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Prerequisites;
import dev.espalier.search.method.StageName;
import dev.espalier.workflows.stage.HandedOn;
import dev.espalier.workflows.stage.StageKey;
import dev.espalier.workflows.stage.StagePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The stages of one method, one after the other, and what those that are done have come to. */
public final class StageChain {
  private final String method;
  private final String specification;
  private final String numericClass;
  private final List<StagePlan> plan;

  private final Map<String, String> results = new LinkedHashMap<>();
  private final List<String> keys = new ArrayList<>();
  private String dataDigest = "";
  private String tableDigest = "";
  private String modelsDigest = "";
  private String lastResult = "{}";
  private String lastHandedOn = "{}";

  /**
   * @param method empty for the experiment's own
   * @param specification resolved, canonical JSON
   * @param made what was made first: results by the names of the stages in the experiment
   */
  public StageChain(
      String method,
      String specification,
      String numericClass,
      List<StagePlan> plan,
      Map<String, String> made) {
    this.method = method;
    this.specification = specification;
    this.numericClass = numericClass;
    this.plan = plan;
    results.putAll(made);
  }

  public String specification() {
    return specification;
  }

  public List<StagePlan> plan() {
    return plan;
  }

  /** How a stage is called in the experiment. */
  public String nameOf(StagePlan stage) {
    return new StageName(method, stage.name()).toString();
  }

  /** Those before, unsalted. */
  public List<String> keys() {
    return keys;
  }

  /** What a stage is given: the results before it, by the stages' names in the plan. */
  Map<String, String> results() {
    return results;
  }

  /** Empty while it is not known. */
  String dataDigest() {
    return dataDigest;
  }

  String lastResult() {
    return lastResult;
  }

  /** As it is given to whoever comes after. */
  public String lastHandedOn() {
    return lastHandedOn;
  }

  /**
   * The key of the next stage. What is made first is not in it: a stage is what it is, whoever made
   * what it goes by, which is in it by its digests.
   */
  public StageKey key(StagePlan stage) {
    JsonNode whole = Prerequisites.without(Json.read(specification, JsonNode.class));
    Map<String, Object> parameters = new TreeMap<>();
    for (String section : stage.sections()) {
      JsonNode settings = whole.get(section);
      if (settings != null) { // what is not asked for is left out of specifications, and of keys
        parameters.put(section, settings);
      }
    }
    if (!tableDigest.isEmpty() && stage.sections().contains("evaluation")) {
      parameters.put("tableDigest", tableDigest); // the section has the table's name alone
    }
    if (!modelsDigest.isEmpty()) {
      parameters.put("modelsDigest", modelsDigest); // the specification has their names alone
    }
    return new StageKey(
        stage.kind(),
        stage.revision(),
        parameters,
        whole.get("seed").asLong(),
        keys,
        dataDigest,
        numericClass);
  }

  /**
   * Takes in what the next stage came to.
   *
   * @param key unsalted; {@code recorded} the one that it is recorded under
   * @param result JSON
   */
  public void add(StagePlan stage, String key, String recorded, String result) {
    keys.add(key);
    lastHandedOn = HandedOn.of(result, recorded);
    results.put(stage.name(), lastHandedOn);
    lastResult = result;
    JsonNode said = Json.read(result, JsonNode.class);
    dataDigest = said.path("dataDigest").asText(dataDigest);
    tableDigest = said.path("tableDigest").asText(tableDigest);
    modelsDigest = said.path("modelsDigest").asText(modelsDigest);
  }
}
