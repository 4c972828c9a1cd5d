package dev.espalier.cli.command;

import dev.espalier.api.launch.KnownData;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.home.RunningHome;
import dev.espalier.cli.view.SeedTable;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.specification.PartFile;
import dev.espalier.search.specification.Specification;
import dev.espalier.search.specification.SpecificationReader;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier run}. */
@Command(
    name = "run",
    sortOptions = false,
    description = {
      "Runs an experiment and shows it until it ends. Ctrl-C leaves it running.",
      "Joins the running up of the same home, else starts one for the time of the run."
    },
    footer = {
      "",
      "Exit status: 0 completed; 1 needs attention or cancelled; 2 a mistake in what was asked.",
      "",
      "Examples:",
      "  espalier run te-nas",
      "  espalier run te-nas --data cifar10 --seed 3 --set evaluation.epochs=12",
      "  espalier run gnn-evolution --space my-space.yaml --set budget.macs=12e6",
      "  espalier run my-search.yaml --seeds 8 --detach"
    })
public final class RunCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "METHOD|FILE.yaml",
      description = "A method (te-nas, gnn-evolution), or a specification in YAML or JSON.")
  private String subject = "";

  @Option(
      names = "--space",
      paramLabel = "S|FILE.yaml",
      description = "The search space; for gnn-evolution also a file with one of your own.")
  private @Nullable String space;

  @Option(names = "--data", paramLabel = "D", description = "The data set, see: espalier data list")
  private @Nullable String data;

  @Option(names = "--preset", paramLabel = "P", description = "quick (default) or published.")
  private @Nullable String preset;

  @Option(names = "--seed", paramLabel = "N", description = "The seed of all that is drawn.")
  private @Nullable String seed;

  @Option(names = "--seeds", paramLabel = "N", description = "Run N experiments, seeds 0 to N-1.")
  private @Nullable Integer seeds;

  @Option(
      names = "--set",
      paramLabel = "path=value",
      description = "Any other setting, such as search.ntk.batch=72; may be repeated.")
  private final Map<String, String> sets = new LinkedHashMap<>();

  @Option(names = "--fresh", description = "Compute all anew: reuse no finished stage.")
  private boolean fresh;

  @Option(names = "--detach", description = "Launch and return; it goes on by itself.")
  private boolean detach;

  @Option(
      names = "--json",
      description = "Print the experiment as JSON when it ends (an array with --seeds).")
  private boolean json;

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws InterruptedException {
    Home place = home.home();
    String text = Subject.text(subject);
    PartFile ownSpace = space != null && Subject.namesFile(space) ? SpaceFile.part(space) : null;
    List<Map<String, String>> runs = runs();
    Specification first = read(place, text, ownSpace, runs).getFirst(); // all problems at once
    RunningHome running = RunningUp.find(place, output);
    if (!runs.getFirst().containsKey("data") && !DefaultData.isNamedIn(text)) {
      runs = withDefaultData(place, first.data(), runs);
    }
    List<String> ids = launch(running, text, ownSpace, runs);
    return detach ? detached(place, ids) : watched(place, ids);
  }

  private List<Specification> read(
      Home place, String text, @Nullable PartFile ownSpace, List<Map<String, String>> runs) {
    String name = Subject.namesFile(subject) ? subject : "";
    try {
      return runs.stream()
          .map(overrides -> SpecificationReader.read(name, text, ownSpace, overrides))
          .toList();
    } catch (InvalidInput e) {
      if (!Files.isDirectory(place.root())) {
        throw e; // nothing was imported yet
      }
      try (StoreAccess access = StoreAccess.open(place, "run")) {
        throw KnownData.withData(e, access.store(), text, runs.getFirst());
      }
    }
  }

  private List<Map<String, String>> withDefaultData(
      Home place, String presets, List<Map<String, String>> runs) {
    try (StoreAccess access = StoreAccess.open(place, "run")) {
      Optional<String> other = DefaultData.insteadOf(presets, access.store().datasets().list());
      if (other.isEmpty()) {
        return runs;
      }
      output.remark(
          "Taking data set %s, the one imported last; another with --data".formatted(other.get()));
      runs.forEach(overrides -> overrides.put("data", other.get()));
      return runs;
    }
  }

  private List<Map<String, String>> runs() {
    if (seed != null && seeds != null) {
      throw new InvalidInput("--seed and --seeds exclude each other: give one of them");
    }
    if (seeds != null && (seeds < 1 || seeds > 1000)) {
      throw new InvalidInput("--seeds must be between 1 and 1000, but was %d".formatted(seeds));
    }
    Map<String, String> common = new LinkedHashMap<>(sets);
    put(common, "space", space == null || Subject.namesFile(space) ? null : space);
    put(common, "data", data);
    put(common, "preset", preset);
    put(common, "seed", seed);
    if (seeds == null) {
      return List.of(common);
    }
    List<Map<String, String>> runs = new ArrayList<>();
    for (int each = 0; each < seeds; each++) {
      Map<String, String> one = new LinkedHashMap<>(common);
      one.put("seed", Integer.toString(each));
      runs.add(one);
    }
    return runs;
  }

  private static void put(Map<String, String> sets, String path, @Nullable String value) {
    if (value != null) {
      sets.put(path, value);
    }
  }

  private List<String> launch(
      RunningHome running,
      String text,
      @Nullable PartFile ownSpace,
      List<Map<String, String>> runs) {
    List<String> ids = new ArrayList<>();
    try (ApiClient api = new ApiClient(running)) {
      for (Map<String, String> overrides : runs) {
        if (ownSpace != null) {
          overrides.put(ownSpace.path(), ownSpace.text());
        }
        ids.add(api.launch(new ApiClient.Launch(text, overrides, fresh, User.name())));
      }
    }
    return ids;
  }

  private int detached(Home place, List<String> ids) {
    if (json) {
      try (StoreAccess access = StoreAccess.open(place, "run")) {
        print(ids.stream().map(id -> Experiments.view(access.store(), id)).toList());
      }
    } else {
      ids.forEach(id ->
          output.line(
              "%s launched. See: espalier watch %s%s".formatted(id, id, Homes.option(place))));
    }
    return 0;
  }

  private int watched(Home place, List<String> ids) throws InterruptedException {
    Watch watch = new Watch(place, output);
    List<ExperimentView> ended = new ArrayList<>();
    for (String id : ids) {
      ExperimentView view = watch.progress(id);
      ended.add(view);
      if (!json) {
        output.lines(Outcome.lines(view, place, output.style()));
      }
    }
    if (json) {
      print(ended);
    } else if (ended.size() > 1) {
      output.line("");
      output.lines(SeedTable.lines(ended, output.style()));
    }
    return ended.stream().mapToInt(Outcome::status).max().orElse(0);
  }

  private void print(List<ExperimentView> views) {
    output.json(seeds == null ? views.getFirst() : views);
  }
}
