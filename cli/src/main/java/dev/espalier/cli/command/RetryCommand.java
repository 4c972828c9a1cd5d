package dev.espalier.cli.command;

import dev.espalier.api.launch.Retries.Outcome;
import dev.espalier.api.launch.Retries.What;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.search.failure.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier retry}. */
@Command(
    name = "retry",
    sortOptions = false,
    description = {
      "Tries the failed stage of experiments again; nothing finished is repeated.",
      "Each of several experiments is looked at by itself; status 2 if one was refused."
    },
    footer = {
      "",
      "Examples:",
      "  espalier retry 7f3k --stage evaluate",
      "  espalier retry --failed               all that need attention",
      "  espalier retry 7f3k 9xyz --failed     those of the two that do"
    })
public final class RetryCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "The experiments; the beginnings of their ids will do.")
  private List<String> ids = new ArrayList<>();

  @Option(
      names = "--failed",
      description = "All that need attention; of the named ones, those that do.")
  private boolean failed;

  @Option(names = "--stage", paramLabel = "S", description = "The stage (default: the failed one).")
  private String stage = "";

  @Option(names = "--json", description = "Print what came of each as JSON.")
  private boolean json;

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() {
    if (ids.isEmpty() && !failed) {
      throw new InvalidInput("which experiment? Name one or more, or --failed for all that failed");
    }
    boolean one = ids.size() == 1 && !failed;
    if (!stage.isEmpty() && !one) {
      throw new InvalidInput("--stage goes with one experiment: leave it out, or name only one");
    }
    List<Outcome> outcomes =
        one
            ? List.of(Retried.one(home.home(), ids.getFirst(), stage))
            : Retried.all(home.home(), ids, failed);
    if (json) {
      output.json(outcomes);
    } else if (outcomes.isEmpty()) {
      output.line("No experiment needs attention: there is nothing to retry");
    } else {
      outcomes.forEach(each -> output.line("%s: %s".formatted(each.id(), each.words())));
    }
    return outcomes.stream().anyMatch(each -> each.what() == What.REFUSED) ? 2 : 0;
  }
}
