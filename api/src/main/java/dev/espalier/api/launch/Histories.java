package dev.espalier.api.launch;

import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.ExperimentClient;
import dev.espalier.workflows.client.ExperimentClient.Presence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the workflow histories of experiments that are over, before Temporal's retention drops
 * them.
 */
final class Histories {
  private final Store store;
  private final ExperimentClient client;

  Histories(Store store, ExperimentClient client) {
    this.store = store;
    this.client = client;
  }

  /**
   * Archives the histories of an experiment's workflows as artifacts, each named in an event.
   *
   * @return false while the workflow has not closed: try again later
   */
  boolean archive(String experimentId) {
    Optional<ExperimentDocument> experiment = store.experiments().find(experimentId);
    if (experiment.isEmpty()) {
      return true;
    }
    if (client.presence(experimentId) == Presence.RUNNING) {
      return false;
    }
    List<String> stages = experiment.get().stages().stream().map(ExperimentStage::name).toList();
    keep(experimentId, client.histories(experimentId, stages));
    return true;
  }

  /** Keeps histories by the workflows' ids. */
  void keep(String experimentId, Map<String, String> histories) {
    for (Map.Entry<String, String> history : histories.entrySet()) {
      String sha =
          store
              .artifacts()
              .put(
                  history.getValue().getBytes(StandardCharsets.UTF_8),
                  "history",
                  Map.of("experiment", experimentId, "workflow", history.getKey()));
      store
          .events()
          .append(
              experimentId,
              "history/" + history.getKey(),
              "history",
              "The history of %s is kept as artifact %s".formatted(history.getKey(), sha),
              "api");
    }
  }
}
