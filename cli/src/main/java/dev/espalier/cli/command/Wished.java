package dev.espalier.cli.command;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A wish of a person for one experiment: through the API where an {@code up} runs, else written
 * into the store, where the next {@code up} finds it.
 */
final class Wished {

  static final String LATER = "No espalier up runs here: this takes effect at the next one.";

  private Wished() {}

  /** What became of the wish, in words. */
  static String wish(Home home, String givenId, String verb, ExperimentState desired) {
    try (StoreAccess access = StoreAccess.open(home, verb)) {
      ExperimentDocument experiment = ExperimentQueries.find(access.store(), givenId);
      refuseIfOver(experiment, verb);
      Optional<RunningHome> running = RunningHome.find(home);
      if (running.isPresent()) {
        call(running.get(), api -> api.control(experiment.id(), verb));
        return "%s: %s asked for. See: espalier watch %s"
            .formatted(experiment.id(), verb, experiment.id());
      }
      access.store().experiments().setDesired(experiment.id(), desired);
      note(access.store(), experiment, verb);
      return "%s: %s noted. %s".formatted(experiment.id(), verb, LATER);
    }
  }

  private static void call(RunningHome running, Consumer<ApiClient> wish) {
    try (ApiClient api = new ApiClient(running)) {
      wish.accept(api);
    }
  }

  /** The log of the experiment says who asked, also where nothing runs to say it. */
  private static void note(Store store, ExperimentDocument experiment, String verb) {
    long next = store.events().list(experiment.id()).size() + 1L;
    store
        .events()
        .append(
            experiment.id(),
            "wish/" + next,
            verb,
            "Asked to " + verb + " at the next espalier up",
            User.name());
  }

  private static void refuseIfOver(ExperimentDocument experiment, String verb) {
    if (experiment.state().isOver()) {
      throw new InvalidInput(
          "%s %s: there is nothing to %s"
              .formatted(experiment.id(), Standing.of(experiment.state()), verb));
    }
  }
}
