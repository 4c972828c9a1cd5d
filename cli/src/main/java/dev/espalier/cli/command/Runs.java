package dev.espalier.cli.command;

import dev.espalier.api.launch.KnownData;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.view.SeedTable;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Specification;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ExperimentQueries of one specification, from what a person wrote until they end.
 *
 * @param json whether a program reads what is printed
 */
record Runs(Home home, Output output, boolean json) {

  /**
   * Launches one experiment for each set of overrides.
   *
   * @param written the specification
   * @param runs the overrides, changeable: the data set is put in where none is named
   * @param purpose the command's name
   * @return their ids
   */
  List<String> launch(
      Written written, List<Map<String, String>> runs, boolean fresh, String purpose)
      throws InterruptedException {
    adoptFolder(runs, purpose);
    OwnProgramPaths.complete(written, runs);
    Specification first = read(written, runs, purpose); // all problems, before anything starts
    RunningHome running = RunningUp.find(home, output);
    if (!runs.getFirst().containsKey("data") && !DefaultData.isNamedIn(written.text())) {
      putDefaultData(first.data(), runs, purpose);
    }
    Scaling.remark(home, output, first, runs.getFirst().getOrDefault("data", first.data()));
    List<String> ids = new ArrayList<>();
    try (ApiClient api = new ApiClient(running)) {
      for (Map<String, String> overrides : runs) {
        ids.add(
            api.launch(
                new ApiClient.Launch(written.text(), written.sent(overrides), fresh, User.name())));
      }
    }
    return ids;
  }

  private void adoptFolder(List<Map<String, String>> runs, String purpose) {
    String data = runs.getFirst().get("data");
    if (data != null) {
      String name = DataFolder.named(home, output, data, purpose);
      runs.forEach(overrides -> overrides.put("data", name));
    }
  }

  private Specification read(Written written, List<Map<String, String>> runs, String purpose) {
    try {
      return runs.stream().map(written::read).toList().getFirst();
    } catch (InvalidInput e) {
      if (!Files.isDirectory(home.root())) {
        throw e; // nothing was imported yet
      }
      try (StoreAccess access = StoreAccess.open(home, purpose)) {
        throw KnownData.withData(e, access.store(), written.text(), runs.getFirst());
      }
    }
  }

  private void putDefaultData(String presets, List<Map<String, String>> runs, String purpose) {
    try (StoreAccess access = StoreAccess.open(home, purpose)) {
      Optional<String> other = DefaultData.insteadOf(presets, access.store().datasets().list());
      if (other.isPresent()) {
        output.remark(
            "Taking data set %s, the one imported last; another with --data"
                .formatted(other.get()));
        runs.forEach(overrides -> overrides.put("data", other.get()));
      }
    }
  }

  /** Says that they go on by themselves; answers with the exit status. */
  int detach(List<String> ids, boolean several, String purpose) {
    if (json) {
      try (StoreAccess access = StoreAccess.open(home, purpose)) {
        print(ids.stream().map(id -> ExperimentQueries.view(access.store(), id)).toList(), several);
      }
    } else {
      ids.forEach(id ->
          output.line(
              "%s launched. See: espalier watch %s%s".formatted(id, id, Homes.option(home))));
    }
    return 0;
  }

  /** Shows them until they end; answers with the exit status. */
  int watch(List<String> ids, boolean several) throws InterruptedException {
    Watch watch = new Watch(home, output);
    List<ExperimentView> ended = new ArrayList<>();
    for (String id : ids) {
      ExperimentView view = watch.progress(id);
      ended.add(view);
      if (!json) {
        output.lines(Outcome.lines(view, home, output.style()));
      }
    }
    if (json) {
      print(ended, several);
    } else if (ended.size() > 1) {
      output.line("");
      output.lines(SeedTable.lines(ended, output.style()));
    }
    return ended.stream().mapToInt(Outcome::status).max().orElse(0);
  }

  private void print(List<ExperimentView> views, boolean several) {
    output.json(several ? views : views.getFirst());
  }
}
