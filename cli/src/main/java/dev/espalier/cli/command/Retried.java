package dev.espalier.cli.command;

import dev.espalier.api.launch.Retries;
import dev.espalier.api.launch.Retries.Outcome;
import dev.espalier.api.launch.Retries.What;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Wishes for another try at failed stages: through the API where an {@code up} runs, else written
 * into the store, where the next {@code up} finds them.
 */
final class Retried {
  private Retried() {}

  /**
   * Of one experiment.
   *
   * @throws InvalidInput if it cannot be tried again
   */
  static Outcome one(Home home, String givenId, String stage) {
    try (StoreAccess access = StoreAccess.open(home, "retry")) {
      String id = ExperimentQueries.find(access.store(), givenId).id();
      Optional<RunningHome> running = RunningHome.find(home);
      if (running.isPresent()) {
        try (ApiClient api = new ApiClient(running.get())) {
          api.retry(id, stage, User.name());
        }
        return new Outcome(id, What.ASKED, "retry asked for. See: espalier watch " + id);
      }
      boolean asked = new Retries(access.store()).ask(id, stage, User.name());
      return new Outcome(id, asked ? What.ASKED : What.ALREADY, "retry noted. " + Wished.LATER);
    }
  }

  /**
   * Of many experiments, each by itself.
   *
   * @param givenIds may be abbreviated; none for all that need attention
   * @param failedOnly to leave alone what needs no attention
   */
  static List<Outcome> all(Home home, List<String> givenIds, boolean failedOnly) {
    try (StoreAccess access = StoreAccess.open(home, "retry")) {
      Retries retries = new Retries(access.store());
      List<Outcome> outcomes = new ArrayList<>();
      List<String> ids =
          givenIds.isEmpty() ? retries.waiting() : known(access.store(), givenIds, outcomes);
      Optional<RunningHome> running = RunningHome.find(home);
      if (ids.isEmpty()) {
        return outcomes;
      }
      if (running.isPresent()) {
        try (ApiClient api = new ApiClient(running.get())) {
          outcomes.addAll(api.retryAll(ids, failedOnly, User.name()));
        }
      } else {
        outcomes.addAll(retries.askAll(ids, failedOnly, id -> retries.ask(id, "", User.name())));
      }
      return outcomes;
    }
  }

  /** The whole ids; what is no experiment's is refused by itself. */
  private static List<String> known(Store store, List<String> given, List<Outcome> refused) {
    List<String> ids = new ArrayList<>();
    for (String each : given) {
      try {
        ids.add(ExperimentQueries.find(store, each).id());
      } catch (InvalidInput e) {
        refused.add(new Outcome(each, What.REFUSED, String.valueOf(e.getMessage())));
      }
    }
    return ids;
  }
}
