package dev.espalier.cli.command;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier watch}. */
@Command(
    name = "watch",
    description = {
      "Shows an experiment as it runs, until it ends or needs attention.",
      "Ctrl-C leaves it running."
    },
    footer = {"", "Example:", "  espalier watch 7f3k"})
public final class WatchCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Option(
      names = "--json",
      description = "Print the experiment as one JSON object a line, whenever it changes.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Home place = home.home();
    Watch watch = new Watch(place, output);
    return json ? watch.printEveryChange(id) : watch.showUntilItEnds(id);
  }
}
