package dev.espalier.api.launch;

import dev.espalier.search.canonical.Digest;
import dev.espalier.search.experiment.StageState;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import dev.espalier.workflows.client.ExperimentClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of experiments whose workflows do not get on: their code trips over something, which
 * holds them without end and without a word.
 */
final class Stuck {
  private static final Logger log = LoggerFactory.getLogger(Stuck.class);

  /** Looked at in every so many passes: it is some questions to Temporal. */
  private static final int PASSES = 10;

  private final Store store;
  private final ExperimentClient client;
  private final Map<String, Integer> passes = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  Stuck(Store store, ExperimentClient client) {
    this.store = store;
    this.client = client;
  }

  /** One pass over an experiment whose workflow runs; the same trouble is told once. */
  void look(ExperimentDocument experiment) {
    if (passes.merge(experiment.id(), 1, Integer::sum) % PASSES != 0) {
      return;
    }
    List<String> running =
        experiment.stages().stream()
            .filter(stage -> stage.state() == StageState.RUNNING)
            .map(ExperimentStage::name)
            .toList();
    client.stuckOn(experiment.id(), running).ifPresent(trouble -> tell(experiment.id(), trouble));
  }

  private void tell(String id, String trouble) {
    String key = "stuck/" + Digest.sha256(trouble).substring(0, 16);
    String text =
        ("Its workflow does not get on: %s. It is tried again and again, and nothing recorded is lost; "
                + "a worker of the right or of a mended build goes on with it")
            .formatted(trouble);
    store.events().append(id, key, "stuck", text, "api");
    if (told.add(id + "/" + key)) {
      log.error("{}: {}", id, text);
    }
  }
}
