package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier retry}. */
@Command(
    name = "retry",
    description = "Tries the failed stage of an experiment again; nothing finished is repeated.",
    footer = {"", "Example:", "  espalier retry 7f3k --stage evaluate"})
public final class RetryCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Option(names = "--stage", paramLabel = "S", description = "The stage (default: the failed one).")
  private String stage = "";

  @Override
  public Integer call() {
    output.line(Wished.retry(home.home(), id, stage));
    return 0;
  }
}
