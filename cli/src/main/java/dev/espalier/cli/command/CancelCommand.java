package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import dev.espalier.search.experiment.ExperimentState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier cancel}. */
@Command(
    name = "cancel",
    description = "Ends an experiment for good; what is finished stays recorded.",
    footer = {"", "Example:", "  espalier cancel 7f3k"})
public final class CancelCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Override
  public Integer call() {
    output.line(Wished.wish(home.home(), id, "cancel", ExperimentState.CANCELLED));
    return 0;
  }
}
