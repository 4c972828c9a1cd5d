package dev.espalier.cli.command;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.report.Reports;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.ExperimentDocument;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier open}. */
@Command(
    name = "open",
    description =
        "Opens the page of an experiment in the browser; where no up runs, the report of a completed one.",
    footer = {
      "",
      "The address is printed, for where there is no browser. BROWSER names another one.",
      "",
      "Examples:",
      "  espalier open 7f3k",
      "  espalier open"
    })
public final class OpenCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "The experiment; the beginning of its id will do. Without it: the list.")
  private @Nullable String id;

  @Override
  public Integer call() {
    URI address = address(home.home());
    output.line(address.toString());
    Browser.ofThisMachine()
        .open(address)
        .ifPresent(trouble -> output.remark("No browser was opened here: " + trouble));
    return 0;
  }

  private URI address(Home place) {
    Optional<RunningHome> running = RunningHome.findReadable(place);
    String given = id;
    if (given == null) {
      return running
          .map(RunningHome::url)
          .map(URI::create)
          .orElseThrow(() ->
              new InvalidInput(
                  "no up runs in %s, so there is no page: start it with espalier up%s, or name a completed experiment"
                      .formatted(place, Homes.option(place))));
    }
    return StoreAccess.use(
        place,
        "open",
        access -> {
          ExperimentDocument experiment = ExperimentQueries.find(access.store(), given);
          return access
              .running()
              .map(page -> URI.create(PageAddresses.of(page, experiment.id())))
              .orElseGet(() -> report(place, access, experiment));
        });
  }

  private static URI report(Home place, StoreAccess access, ExperimentDocument experiment) {
    if (experiment.state() != ExperimentState.COMPLETED) {
      throw new InvalidInput(
          "%s has no report yet, and no up runs that would serve its page: start it with espalier up%s"
              .formatted(experiment.id(), Homes.option(place)));
    }
    Path file = place.report(experiment.id());
    if (access.isToRead()) {
      if (!Files.exists(file)) {
        throw new InvalidInput(
            ("the report of %s cannot be written, as the home is only to be read: write it elsewhere with "
                    + "espalier export %s%s --format html -o FILE")
                .formatted(experiment.id(), experiment.id(), Homes.option(place)));
      }
    } else {
      Reports.write(access.store(), experiment.id(), file);
    }
    return file.toUri();
  }
}
