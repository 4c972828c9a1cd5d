package dev.espalier.api.experiments;

import dev.espalier.api.launch.NotFound;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentState;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Store;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds experiments. What is over is read once: it changes only by a retry, which changes its state
 * too.
 */
@Singleton
public final class ExperimentReader {
  private static final int MOST_REMEMBERED = 2_000;

  private final Store store;
  private final Map<Over, ExperimentLine> over = new ConcurrentHashMap<>();

  ExperimentReader(Store store) {
    this.store = store;
  }

  /** The document of this id. */
  public ExperimentDocument document(String id) {
    return store
        .experiments()
        .find(id)
        .orElseThrow(() ->
            new NotFound(
                "There is no experiment %s here. GET /api/experiments lists all there are; espalier list does too."
                    .formatted(id)));
  }

  /** The experiment as it is now. */
  public ExperimentView view(String id) {
    return ExperimentView.of(store, document(id), Instant.now());
  }

  /** All experiments, newest first. One that cannot be read hides no other. */
  public List<ExperimentLine> list() {
    return store.experiments().list().stream().map(this::line).toList();
  }

  private ExperimentLine line(ExperimentSummary summary) {
    if (!ExperimentState.isOver(summary.state())) {
      return ExperimentLine.of(store, summary, Instant.now());
    }
    if (over.size() > MOST_REMEMBERED) {
      over.clear();
    }
    return over.computeIfAbsent(
        new Over(summary.id(), summary.state(), summary.retries()),
        key -> ExperimentLine.of(store, summary, Instant.now()));
  }

  private record Over(String id, String state, int retries) {}
}
