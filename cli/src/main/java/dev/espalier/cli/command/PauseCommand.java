package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import dev.espalier.search.experiment.ExperimentState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier pause}. */
@Command(
    name = "pause",
    description = "Stops an experiment's work at its next step and keeps everything done so far.",
    footer = {"", "Example:", "  espalier pause 7f3k"})
public final class PauseCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Override
  public Integer call() {
    output.line(Wished.wish(home.home(), id, "pause", ExperimentState.PAUSED));
    return 0;
  }
}
