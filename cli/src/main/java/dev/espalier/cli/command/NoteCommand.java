package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import dev.espalier.store.Labels;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier note}. */
@Command(
    name = "note",
    description = "Gives an experiment a note.",
    footer = {
      "",
      "Examples:",
      "  espalier note 7f3k \"to be shown on Monday\"",
      "  espalier note 7f3k \"\"   (takes it away)"
    })
public final class NoteCommand implements Callable<Integer> {
  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The experiment; its name, or the beginning of its id, will do.")
  private String id = "";

  @Parameters(index = "1", paramLabel = "TEXT", description = "The note; empty to take it away.")
  private String text = "";

  @Override
  public Integer call() {
    output.line(
        Labelled.label(home.home(), id, new Labels.Change(null, List.of(), List.of(), text)));
    return 0;
  }
}
