package dev.espalier.cli.command;

import dev.espalier.api.launch.RerunPlan;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.view.RerunPlanTable;
import java.util.List;

/** Reruns and forks, by the API of the home's {@code up}. */
record Following(Home home, Output output, boolean json) {

  int plan(String givenId, ApiClient.Follow wish) throws InterruptedException {
    String id = id(givenId, wish.verb());
    RunningHome running = RunningUp.find(home, output);
    RerunPlan plan;
    try (ApiClient api = new ApiClient(running)) {
      plan = api.plan(id, wish);
    }
    if (json) {
      output.json(plan);
      return 0;
    }
    output.lines(RerunPlanTable.lines(plan, output.style()));
    output.line("");
    output.line(
        plan.computesSomething()
            ? "Nothing was launched. For exactly this: the same command with --plan %s instead of --dry-run"
                .formatted(plan.token())
            : "Nothing would be computed: every stage is there already");
    return 0;
  }

  int start(String givenId, ApiClient.Follow wish, boolean detach) throws InterruptedException {
    String id = id(givenId, wish.verb());
    RunningHome running = RunningUp.find(home, output);
    List<String> ids;
    try (ApiClient api = new ApiClient(running)) {
      ids = List.of(api.follow(id, wish));
    }
    Runs runs = new Runs(home, output, json);
    return detach ? runs.detach(ids, false, wish.verb()) : runs.watch(ids, false);
  }

  private String id(String given, String verb) {
    try (StoreAccess access = StoreAccess.open(home, verb)) {
      return ExperimentQueries.find(access.store(), given).id();
    }
  }
}
