package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import dev.espalier.store.Labels;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier name}. */
@Command(
    name = "name",
    description = "Gives an experiment a name that can stand where its id can.",
    footer = {
      "",
      "Examples:",
      "  espalier name 7f3k \"baseline on CIFAR-10\"",
      "  espalier name 7f3k \"\"   (takes it away)"
    })
public final class NameCommand implements Callable<Integer> {
  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The experiment; its name, or the beginning of its id, will do.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "TEXT", description = "The name; empty to take it away.")
  private String text = "";

  @Override
  public Integer call() {
    output.line(
        Labelled.label(home.home(), id, new Labels.Change(text, List.of(), List.of(), null)));
    return 0;
  }
}
