package dev.espalier.activities.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateStage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What stays of a completed experiment as artifacts of its own: the architecture that was found,
 * and the weights of its network.
 */
final class Keepsakes {
  static final String ARCHITECTURE = "architecture";
  static final String WEIGHTS = "weights";

  private final Store store;

  Keepsakes(Store store) {
    this.store = store;
  }

  /** May be done twice. */
  void keep(String experimentId) {
    ExperimentDocument experiment = store.experiments().find(experimentId).orElseThrow();
    architecture(experiment)
        .ifPresent(json ->
            store
                .experiments()
                .keep(
                    experimentId,
                    ARCHITECTURE,
                    store
                        .artifacts()
                        .put(
                            json.getBytes(StandardCharsets.UTF_8),
                            ARCHITECTURE,
                            Map.of("format", "json"))));
    weights(experiment).ifPresent(sha -> store.experiments().keep(experimentId, WEIGHTS, sha));
  }

  /** Its space and its canonical string, canonical JSON: the same for all that find the same. */
  private static Optional<String> architecture(ExperimentDocument experiment) {
    String result = experiment.result();
    JsonNode found = result == null ? null : Json.read(result, JsonNode.class).get("architecture");
    if (found == null || !found.isTextual()) {
      return Optional.empty();
    }
    Map<String, String> facts = new TreeMap<>();
    facts.put("architecture", found.asText());
    facts.put(
        "space", Json.read(experiment.specification(), JsonNode.class).path("space").asText());
    return Optional.of(CanonicalJson.of(facts));
  }

  private Optional<String> weights(ExperimentDocument experiment) {
    return experiment.stages().stream()
        .filter(stage -> stage.kind().equals(EvaluateStage.TYPE) && !stage.key().isEmpty())
        .map(ExperimentStage::key)
        .flatMap(key -> store.stages().find(key).stream())
        .flatMap(stage -> Optional.ofNullable(stage.result()).stream())
        .flatMap(result -> Json.read(result, EvaluateResult.class).foundWeights().stream())
        .findFirst();
  }
}
