package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import dev.espalier.search.experiment.ExperimentState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier resume}. */
@Command(
    name = "resume",
    description = "Lets a paused experiment go on where it stopped.",
    footer = {"", "Example:", "  espalier resume 7f3k"})
public final class ResumeCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Override
  public Integer call() {
    output.line(Wished.wish(home.home(), id, "resume", ExperimentState.RUNNING));
    return 0;
  }
}
