package dev.espalier.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
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

/** {@code espalier train}. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Trains one architecture by a recipe and keeps its weights.",
      "It is an experiment of its own, and survives whatever happens. Ctrl-C leaves it running."
    },
    footer = {
      "",
      "Exit status: 0 completed; 1 needs attention or cancelled; 2 a mistake in what was asked.",
      "",
      "Examples:",
      "  espalier train te-nas-7f3k --recipe nas-bench-201 --data cifar10",
      "  espalier train \"skip+sep3|dil5|sep7|skip|sep5\" --data mine --epochs 30",
      "  espalier train \"$GENOTYPE\" --space darts --recipe darts-cifar",
      "  espalier export train-9k2m --format onnx"
    })
public final class TrainCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "ARCHITECTURE|ID",
      description =
          "An architecture in its space's notation, or a finished experiment, whose winner is trained.")
  private String subject = "";

  @Option(
      names = "--space",
      paramLabel = "S",
      description = "Its search space (default: the one whose notation it is).")
  private @Nullable String space;

  @Option(
      names = "--recipe",
      paramLabel = "R",
      description = "quick (default), nas-bench-201, darts-cifar or darts-imagenet.")
  private @Nullable String recipe;

  @Option(names = "--epochs", paramLabel = "N", description = "Instead of the recipe's.")
  private @Nullable String epochs;

  @Mixin private final LaunchOptions launch = new LaunchOptions();
  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws InterruptedException {
    Home place = home.home();
    Map<String, String> settings = new LinkedHashMap<>();
    if (isArchitecture(subject) || (space != null && isIndex(subject))) {
      settings.put("architecture", canonical(subject));
    } else {
      putWinner(place, settings);
    }
    Map<String, @Nullable String> named = new LinkedHashMap<>();
    named.put("space", space);
    named.put("preset", recipe);
    named.put("evaluation.epochs", epochs);
    settings.putAll(launch.settings(named));
    Runs running = new Runs(place, output, launch.json());
    List<String> ids =
        running.launch(
            Written.of("method: train\n"),
            new ArrayList<>(List.of(settings)),
            launch.fresh(),
            "train");
    return launch.detach() ? running.detach(ids, false, "train") : running.watch(ids, false);
  }

  /** Every notation has signs that no id has. */
  private static boolean isArchitecture(String text) {
    return text.chars().anyMatch(sign -> "|+~([{".indexOf(sign) >= 0);
  }

  /** Cells have numbers, but so may the end of an id; {@code --space} tells which is meant. */
  private static boolean isIndex(String text) {
    return text.strip().matches("#?\\d{1,5}");
  }

  /**
   * One spelling, so that what was trained before is found again; what its space cannot read stays
   * as it is, to be told with all that is wrong.
   */
  private String canonical(String text) {
    try {
      SearchSpace searched =
          space == null ? SearchSpaces.recognising(text) : SearchSpaces.named(space);
      return searched.parseInAnyShape(text).canonical();
    } catch (InvalidInput e) {
      return text;
    }
  }

  /** The winner of an experiment, with the network around it where the search has fixed it. */
  private void putWinner(Home place, Map<String, String> settings) {
    try (StoreAccess access = StoreAccess.open(place, "train")) {
      ExperimentView view = ExperimentQueries.view(access.store(), subject);
      String architecture = ExperimentLine.of(view).architecture();
      if (architecture == null) {
        throw new InvalidInput(
            ("%s has found no architecture yet, it %s: "
                    + "wait for its end with espalier watch %s, or give the architecture itself")
                .formatted(view.id(), Standing.of(view.state()), view.id()));
      }
      settings.put("architecture", architecture);
      settings.put("space", view.space());
      settings.put("data", view.data());
      JsonNode network = view.specification().get("network");
      if (network != null) {
        settings.put("network", network.toString());
      }
    }
  }
}
