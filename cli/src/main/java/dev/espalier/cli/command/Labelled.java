package dev.espalier.cli.command;

import dev.espalier.api.experiments.Labeling;
import dev.espalier.cli.home.Home;
import dev.espalier.store.Labels;

/** Names, tags and notes: through the API where an {@code up} runs, so that its list has them. */
final class Labelled {
  private Labelled() {}

  /** What the experiment is called now, in words. */
  static String label(Home home, String givenId, Labels.Change change) {
    try (StoreAccess access = StoreAccess.open(home, "label")) {
      String id = ExperimentQueries.find(access.store(), givenId).id();
      Labels labels;
      if (access.running().isPresent()) {
        try (ApiClient api = new ApiClient(access.running().get())) {
          api.label(id, change, User.name());
        }
        labels = access.store().experiments().labels(id);
      } else {
        labels = Labeling.label(access.store(), id, change, User.name());
      }
      return "%s now has %s".formatted(id, labels.inWords());
    }
  }
}
