package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import dev.espalier.store.Labels;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier tag}. */
@Command(
    name = "tag",
    description = "Tags an experiment, or takes tags away.",
    footer = {
      "",
      "Examples:",
      "  espalier tag 7f3k paper baseline",
      "  espalier tag 7f3k final --remove draft"
    })
public final class TagCommand implements Callable<Integer> {
  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "The experiment; its name, or the beginning of its id, will do.")
  private String id = "";

  @Parameters(
      index = "1..*",
      paramLabel = "TAG",
      arity = "0..*",
      description = "Tags to have; a plus before them does not matter.")
  private List<String> add = List.of();

  @Option(names = "--remove", paramLabel = "TAG", split = ",", description = "Tags not to have.")
  private List<String> remove = List.of();

  @Override
  public Integer call() {
    List<String> tags =
        add.stream().map(tag -> tag.startsWith("+") ? tag.substring(1) : tag).toList();
    output.line(Labelled.label(home.home(), id, new Labels.Change(null, tags, remove, null)));
    return 0;
  }
}
