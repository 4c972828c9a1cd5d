package dev.espalier.cli.command;

import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.home.HomeSizes;
import dev.espalier.cli.view.UsageLines;
import dev.espalier.store.Usage;
import dev.espalier.workflows.stage.StageKey;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier du}. */
@Command(
    name = "du",
    description = {
      "Says what takes how much of the disk.",
      "The folders of the home; the artifacts in its store by kind and by experiment;",
      "what several have, what nothing names."
    },
    footer = {"", "Examples:", "  espalier du", "  espalier du --limit 50 --json"})
public final class DuCommand implements Callable<Integer> {
  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many experiments, the largest first (default: 20).")
  private int limit;

  @Option(names = "--deleted", description = "List what was deleted instead: who did it and when.")
  private boolean deleted;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  /**
   * What takes how much.
   *
   * @param home bytes of its folders on the disk
   * @param store bytes of the artifacts in it
   */
  record Found(Map<String, Long> home, Usage store) {}

  @Override
  public Integer call() {
    Home place = home.home();
    try (StoreAccess access = StoreAccess.open(place, "du")) {
      var upkeep = access.store().upkeep(StageKey::salted);
      if (deleted) {
        if (json) {
          output.json(upkeep.deletions());
        } else {
          output.lines(UsageLines.of(upkeep.deletions()));
        }
        return 0;
      }
      Found found = new Found(HomeSizes.of(place), upkeep.usage());
      if (json) {
        output.json(found);
      } else {
        output.lines(UsageLines.of(found.home(), found.store(), limit, output.style()));
      }
      return 0;
    }
  }
}
