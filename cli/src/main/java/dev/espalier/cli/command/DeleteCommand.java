package dev.espalier.cli.command;

import dev.espalier.api.upkeep.Deleting;
import dev.espalier.api.upkeep.DeletionPlan;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.report.ReportFiles;
import dev.espalier.cli.view.UsageLines;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Deletion;
import dev.espalier.store.Store;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier delete}. */
@Command(
    name = "delete",
    description = {
      "Deletes an experiment that is over, in two steps.",
      "First it says what that would free; given that plan's token, it does exactly that. What others share stays."
    },
    footer = {
      "",
      "Examples:",
      "  espalier delete 7f3k",
      "  espalier delete 7f3k --plan 5b9c0d2e41f7a863"
    })
public final class DeleteCommand implements Callable<Integer> {
  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Option(
      names = "--plan",
      paramLabel = "TOKEN",
      description = "Do exactly what the same command without it said, or nothing.")
  private String plan = "";

  @Option(names = "--json", description = "Print as JSON the plan, or what was deleted.")
  private boolean json;

  @Override
  public Integer call() {
    Home place = home.home();
    try (StoreAccess access = StoreAccess.open(place, "delete")) {
      Store store = access.store();
      Deleting deleting = new Deleting(store);
      if (access.running().isEmpty() && !access.isToRead()) {
        deleting.goOn(); // what a command that was killed has begun
      }
      Optional<Deletion> before =
          store.experiments().find(id).isPresent() ? Optional.empty() : deleting.deletionOf(id);
      if (before.isPresent()) {
        tell(before.get(), "there is nothing left to do");
        return 0;
      }
      String whole = ExperimentQueries.find(store, id).id();
      if (plan.isEmpty()) {
        tell(deleting.plan(whole), place);
      } else {
        tell(delete(access, deleting, whole, place), "");
      }
      return 0;
    }
  }

  private Deletion delete(StoreAccess access, Deleting deleting, String whole, Home place) {
    if (access.running().isPresent()) {
      try (ApiClient api = new ApiClient(access.running().get())) {
        return api.delete(whole, plan, User.name());
      }
    }
    if (access.isToRead()) {
      throw new InvalidInput(
          "nothing can be written in %s: nothing can be deleted either".formatted(place));
    }
    Deletion deletion = deleting.delete(whole, plan, User.name());
    new ReportFiles(access.store(), place).deleted(whole);
    return deletion;
  }

  private void tell(DeletionPlan found, Home place) {
    if (json) {
      output.json(found);
      return;
    }
    output.lines(UsageLines.of(found));
    output.line("");
    output.line(
        "Nothing was deleted. For exactly this: espalier delete %s --plan %s%s"
            .formatted(found.experiment(), found.token(), Homes.option(place)));
  }

  private void tell(Deletion deletion, String rest) {
    if (json) {
      output.json(deletion);
    } else {
      output.line(UsageLines.of(deletion) + (rest.isEmpty() ? "" : ": " + rest));
    }
  }
}
