package dev.espalier.cli.command;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.report.Reports;
import dev.espalier.cli.view.ProgramLines;
import dev.espalier.store.Labels;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier show}. */
@Command(
    name = "show",
    description = "Shows one experiment: its stages, what it found, or what it waits for.",
    footer = {"", "Example:", "  espalier show 7f3k --json"})
public final class ShowCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Home place = home.home();
    try (StoreAccess access = StoreAccess.open(place, "show")) {
      if (!access.isToRead()) {
        Reports.keep(access.store(), ExperimentQueries.find(access.store(), id).id());
      }
      ExperimentView view = ExperimentQueries.view(access.store(), id);
      if (json) {
        output.json(view);
      } else {
        output.lines(Outcome.lines(view, place, output.style()));
        if (!view.labels().equals(Labels.NONE)) {
          output.line("");
          output.line("  " + view.labels().inWords());
        }
        output.lines(
            ProgramLines.trouble(
                ProgramLines.runs(
                    access.store(), ExperimentQueries.find(access.store(), view.id())),
                view.id() + Homes.option(place),
                output.style()));
      }
    }
    return 0;
  }
}
