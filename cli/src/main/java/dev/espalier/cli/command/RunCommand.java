package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.specification.PartFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      completionCandidates = MethodNames.class,
      description = "A method (${COMPLETION-CANDIDATES}), or a specification in YAML or JSON.")
  private String subject = "";

  @Option(
      names = "--space",
      paramLabel = "S|FILE.yaml",
      description =
          "The search space; where the method allows it also a file with one of your own.")
  private @Nullable String space;

  @Option(
      names = "--preset",
      paramLabel = "P",
      completionCandidates = PresetNames.class,
      description =
          "Settings to begin with, the method's first by default: ${COMPLETION-CANDIDATES}.")
  private @Nullable String preset;

  @Option(names = "--seeds", paramLabel = "N", description = "Run N experiments, seeds 0 to N-1.")
  private @Nullable Integer seeds;

  @Mixin private final LaunchOptions launch = new LaunchOptions();
  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws InterruptedException {
    Runs running = new Runs(home.home(), output, launch.json());
    PartFile ownSpace = space != null && Subject.namesFile(space) ? SpaceFile.part(space) : null;
    String name = Subject.namesFile(subject) ? subject : "";
    Written written = new Written(name, Subject.text(subject), ownSpace);
    List<String> ids = running.launch(written, runs(), launch.fresh(), "run");
    boolean several = seeds != null;
    return launch.detach() ? running.detach(ids, several, "run") : running.watch(ids, several);
  }

  private List<Map<String, String>> runs() {
    if (launch.seed() != null && seeds != null) {
      throw new InvalidInput("--seed and --seeds exclude each other: give one of them");
    }
    if (seeds != null && (seeds < 1 || seeds > 1000)) {
      throw new InvalidInput("--seeds must be between 1 and 1000, but was %d".formatted(seeds));
    }
    Map<String, @Nullable String> named = new LinkedHashMap<>();
    named.put("space", space == null || Subject.namesFile(space) ? null : space);
    named.put("preset", preset);
    Map<String, String> common = launch.settings(named);
    if (seeds == null) {
      return new ArrayList<>(List.of(common));
    }
    List<Map<String, String>> runs = new ArrayList<>();
    for (int each = 0; each < seeds; each++) {
      Map<String, String> one = new LinkedHashMap<>(common);
      one.put("seed", Integer.toString(each));
      runs.add(one);
    }
    return runs;
  }
}
