package dev.espalier.activities.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.space.SearchSpaces;
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
 * What stays of a completed experiment as artifacts of its own: the architecture that was found (of
 * a DARTS cell also in the usual notation), and the weights of its network.
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
    said(experiment, "architecture")
        .ifPresent(found -> {
          String space =
              Json.read(experiment.specification(), JsonNode.class).path("space").asText();
          keep(experimentId, ARCHITECTURE, architecture(space, found), "json");
          SearchSpaces.named(space)
              .notationElsewhere()
              .ifPresent(kind -> keep(experimentId, kind, found + "\n", "text"));
        });
    weights(experiment).ifPresent(sha -> store.experiments().keep(experimentId, WEIGHTS, sha));
  }

  private void keep(String experimentId, String kind, String text, String format) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    store
        .experiments()
        .keep(experimentId, kind, store.artifacts().put(bytes, kind, Map.of("format", format)));
  }

  /** What the result says under a name. */
  private static Optional<String> said(ExperimentDocument experiment, String name) {
    String result = experiment.result();
    JsonNode said = result == null ? null : Json.read(result, JsonNode.class).get(name);
    return said == null || !said.isTextual() ? Optional.empty() : Optional.of(said.asText());
  }

  /** Its space and its canonical string, canonical JSON: the same for all that find the same. */
  private static String architecture(String space, String found) {
    return CanonicalJson.of(new TreeMap<>(Map.of("architecture", found, "space", space)));
  }

  private Optional<String> weights(ExperimentDocument experiment) {
    return said(experiment, "weights").or(() -> weightsOfFinalists(experiment));
  }

  private Optional<String> weightsOfFinalists(ExperimentDocument experiment) {
    return experiment.stages().stream()
        .filter(stage -> stage.kind().equals(EvaluateStage.TYPE) && !stage.key().isEmpty())
        .map(ExperimentStage::key)
        .flatMap(key -> store.stages().find(key).stream())
        .flatMap(stage -> Optional.ofNullable(stage.result()).stream())
        .flatMap(result -> Json.read(result, EvaluateResult.class).foundWeights().stream())
        .findFirst();
  }
}
