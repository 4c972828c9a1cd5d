package dev.espalier.cli.command;

import dev.espalier.api.view.Comparison;
import dev.espalier.api.view.ComparisonReader;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.view.ComparisonTable;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier compare}. */
@Command(
    name = "compare",
    description = "Puts experiments side by side: what they found, and which settings differ.",
    footer = {
      "",
      "Of those that differ in their seed alone the mean is given, with its interval.",
      "",
      "Example:",
      "  espalier compare 7f3k 9x2m"
    })
public final class CompareCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Parameters(
      paramLabel = "ID",
      arity = "2..*",
      description = "The experiments; the beginnings of their ids will do.")
  private List<String> ids = List.of();

  @Option(names = "--json", description = "Print a JSON object, with the learning curves.")
  private boolean json;

  @Override
  public Integer call() {
    Comparison comparison =
        StoreAccess.use(
            home.home(),
            "compare",
            access ->
                new ComparisonReader(access.store())
                    .read(
                        ids.stream().map(id -> ExperimentQueries.find(access.store(), id)).toList(),
                        Instant.now()));
    if (json) {
      output.json(comparison);
    } else {
      output.lines(ComparisonTable.lines(comparison, output.style()));
    }
    return 0;
  }
}
