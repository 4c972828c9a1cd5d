package dev.espalier.cli.command;

import dev.espalier.api.view.ExperimentLine;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.home.Processes;
import dev.espalier.cli.view.ExperimentTable;
import dev.espalier.store.embedded.EmbeddedStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier list}. */
@Command(
    name = "list",
    description = "Lists the experiments of this home, newest first.",
    footer = {"", "Example:", "  espalier list --json"})
public final class ListCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Override
  public Integer call() {
    try (StoreAccess access = StoreAccess.open(home.home(), "list")) {
      tellUnsupervised();
      Instant now = Instant.now();
      List<ExperimentLine> experiments =
          access.store().experiments().list().stream()
              .map(each -> ExperimentLine.of(access.store(), each, now))
              .toList();
      if (access.running().isPresent()) { // which has opened it, and nobody may have seen that
        EmbeddedStore.newsSince(home.home().storeFile(), now.minus(Duration.ofDays(1)))
            .ifPresent(output::remark);
      }
      access
          .store()
          .experiments()
          .damaged()
          .forEach(each -> output.remark(String.valueOf(each.getMessage())));
      if (json) {
        output.json(experiments);
      } else if (experiments.isEmpty() && access.store().experiments().damaged().isEmpty()) {
        output.line("No experiments yet. Begin with: espalier run te-nas");
      } else {
        output.lines(ExperimentTable.lines(experiments, now, output.style()));
      }
    }
    return 0;
  }

  private void tellUnsupervised() {
    try {
      List<String> left =
          Processes.of(home.home()).leftBehind(home.home()).stream()
              .map(Processes.Part::name)
              .toList();
      if (!left.isEmpty()) {
        output.remark(
            ("`up` was killed, and its parts (%s) go on without it until nothing is left to do; "
                    + "none that dies is started again. To take over: espalier up%s")
                .formatted(String.join(", ", left), Homes.option(home.home())));
      }
    } catch (IOException e) {
      output.remark(String.valueOf(e.getMessage()));
    }
  }
}
