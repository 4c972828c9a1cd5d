package dev.espalier.cli.command;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentSummary;
import dev.espalier.store.Store;
import java.time.Instant;
import java.util.List;

/** The store's experiments as the commands ask for them. */
final class ExperimentQueries {

  private ExperimentQueries() {}

  /** The experiment of an id that may be abbreviated. */
  static ExperimentDocument find(Store store, String givenId) {
    return store
        .experiments()
        .find(givenId)
        .orElseGet(() -> {
          List<ExperimentSummary> all = store.experiments().list();
          List<String> named =
              all.stream()
                  .filter(each -> each.labels().name().equals(givenId))
                  .map(ExperimentSummary::id)
                  .toList();
          List<String> ids = all.stream().map(ExperimentSummary::id).toList();
          return get(
              store,
              named.isEmpty()
                  ? ExperimentIds.resolve(givenId, ids)
                  : ExperimentIds.only(givenId, named));
        });
  }

  static ExperimentView view(Store store, String givenId) {
    return ExperimentView.of(store, find(store, givenId), Instant.now());
  }

  private static ExperimentDocument get(Store store, String id) {
    return store
        .experiments()
        .find(id)
        .orElseThrow(() -> new InvalidInput("experiment %s is gone".formatted(id)));
  }
}
