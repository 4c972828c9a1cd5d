package dev.espalier.cli.command;

import dev.espalier.api.replay.ReplayReport;
import dev.espalier.api.replay.Replays;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.up.ScratchHome;
import dev.espalier.cli.view.ReplayTable;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.workflows.WorkflowJson;
import dev.espalier.workflows.client.ExperimentClient;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier replay}. */
@Command(
    name = "replay",
    sortOptions = false,
    description = {
      "Proves what an experiment recorded: histories by today's code, stages computed again.",
      "Each stage is computed from its recorded inputs, in a place that shares nothing.",
      "Status 1 if anything differs. The experiment itself is not touched; Ctrl-C leaves nothing."
    },
    footer = {
      "",
      "Examples:",
      "  espalier replay 7f3k",
      "  espalier replay 7f3k --stage prune",
      "  espalier replay 7f3k --dry-run        only say what would be computed, and for how long"
    })
public final class ReplayCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "The experiment; the beginning of its id will do.")
  private String id = "";

  @Option(
      names = "--stage",
      paramLabel = "S",
      description = "Compute only this stage again (default: all that have a result).")
  private String stage = "";

  @Option(names = "--dry-run", description = "Only say what would be computed, and for how long.")
  private boolean dryRun;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "How much to compute at a time (default: one a core, as memory allows).")
  private int slots;

  @Option(names = "--json", description = "Print what came of it as JSON.")
  private boolean json;

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws InterruptedException {
    Home place = home.home();
    try (StoreAccess access = StoreAccess.open(place, "replay")) {
      ExperimentDocument experiment = ExperimentQueries.find(access.store(), id);
      Replays replays = new Replays(access.store(), new ScratchHome(place, slots), output::remark);
      Replays.Scope scope = replays.scope(experiment, stage);
      if (!scope.stages().isEmpty()) {
        output.remark(
            "To compute again: %s. It took %s when it was recorded, on as many slots as there were"
                .formatted(String.join(", ", scope.stages()), Replays.inWords(scope.seconds())));
      }
      if (dryRun) {
        return 0;
      }
      ReplayReport report =
          replays.replay(experiment, stage, unarchived(access, experiment.id()), User.name());
      if (json) {
        output.json(report);
      } else {
        output.lines(ReplayTable.lines(report));
      }
      return report.isSame() ? 0 : 1;
    }
  }

  /** Histories of runs that go on, as far as they are: Temporal has them alone. */
  private static Map<String, String> unarchived(StoreAccess access, String id) {
    return access.running().map(running -> histories(access, running, id)).orElseGet(Map::of);
  }

  private static Map<String, String> histories(StoreAccess access, RunningHome running, String id) {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(running.temporal()).build());
    try {
      WorkflowClient client =
          WorkflowClient.newInstance(
              stubs,
              WorkflowClientOptions.newBuilder()
                  .setDataConverter(WorkflowJson.converter())
                  .setNamespace(running.namespace())
                  .build());
      return new ExperimentClient(client, access.store()::identity).histories(id);
    } finally {
      stubs.shutdownNow();
    }
  }
}
