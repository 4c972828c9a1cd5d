package dev.espalier.api.experiments;

import dev.espalier.api.launch.NotFound;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.store.DamagedDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentState;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Store;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds experiments. What is over is read once: it changes only by a retry, which changes its state
 * too.
 */
@Singleton
public final class ExperimentReader {
  private static final int MOST_REMEMBERED = 2_000;

  private static final Logger log = LoggerFactory.getLogger(ExperimentReader.class);

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

  /** All experiments that can be read, newest first. */
  public List<ExperimentLine> list() {
    return store.experiments().list().stream()
        .flatMap(summary -> readable(summary).stream())
        .toList();
  }

  /** One that is damaged in the store's file hides no other. */
  private Optional<ExperimentLine> readable(ExperimentSummary summary) {
    try {
      return Optional.of(line(summary));
    } catch (DamagedDocument damaged) {
      log.warn("{} cannot be shown: {}", summary.id(), damaged.getMessage());
      return Optional.empty();
    }
  }

  private ExperimentLine line(ExperimentSummary summary) {
    if (!ExperimentState.isOver(summary.state())) {
      return ExperimentLine.of(view(summary.id()));
    }
    if (over.size() > MOST_REMEMBERED) {
      over.clear();
    }
    return over.computeIfAbsent(
        new Over(summary.id(), summary.state(), summary.retries()),
        key -> ExperimentLine.of(view(key.id())));
  }

  private record Over(String id, String state, int retries) {}
}
