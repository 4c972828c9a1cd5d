package dev.espalier.cli.command;

import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.view.SpacePage;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier space}. */
@Command(
    name = "space",
    description = "The search spaces, and single architectures of them.",
    subcommands = {SpaceCommand.ListSpaces.class, SpaceCommand.ShowSpace.class},
    synopsisSubcommandLabel = "list | show S",
    footer = {"", "Example:", "  espalier space show nas-bench-201"})
public final class SpaceCommand {

  /** {@code espalier space list}. */
  @Command(
      name = "list",
      description = "Lists the search spaces.",
      footer = {"", "Example:", "  espalier space list --json"})
  static final class ListSpaces implements Callable<Integer> {

    @Mixin final HomeOption home = new HomeOption(); // as everywhere; spaces need none
    @Mixin private final Output output = new Output();

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    @Override
    public Integer call() {
      if (json) {
        output.json(SearchSpaces.all().stream().map(SpaceCommand::facts).toList());
      } else {
        output.lines(SpacePage.list(SearchSpaces.all(), output.style()));
      }
      return 0;
    }
  }

  /** {@code espalier space show}. */
  @Command(
      name = "show",
      description = "Shows a search space, or one architecture of it.",
      footer = {
        "",
        "Examples:",
        "  espalier space show nas-bench-201 --architecture \\",
        "    '|none~0|+|none~0|none~1|+|nor_conv_3x3~0|none~1|none~2|'",
        "  espalier space show parallel-ops --architecture 'skip|sep3+dil5|sep5|sep7|dil3'",
        "  espalier space show nas-bench-101 --architecture 'conv3x3@0-output@0+1'",
        "  espalier space show mobilenet-v3 --architecture \\",
        "    \"{'ks': 7, 'e': 6, 'd': [2, 3, 4, 4, 4]}\"",
        "  espalier space show mobilenet-v3 --architecture \"ks=3, e=4, d=2\" \\",
        "    --latencies ofa_mobilenetv3_latency.csv --device titan_rtx_64"
      })
  static final class ShowSpace implements Callable<Integer> {

    @Mixin final HomeOption home = new HomeOption(); // as everywhere; spaces need none
    @Mixin private final Output output = new Output();

    @Parameters(
        paramLabel = "S|FILE.yaml",
        description = "The space (see: espalier space list), or a file with one of your own.")
    private String name = "";

    @Option(
        names = "--architecture",
        paramLabel = "A",
        description = "The architecture to show, in its canonical string.")
    private @Nullable String architecture;

    @Option(
        names = "--latencies",
        paramLabel = "FILE",
        description = "Measured latencies, by which its own is told: a CSV, a column a device.")
    private @Nullable Path latencies;

    @Option(names = "--device", paramLabel = "D", description = "The device of the latencies.")
    private @Nullable String device;

    @Option(
        names = "--image-size",
        paramLabel = "N",
        defaultValue = "224",
        description = "Height and width of the images of the latency (default: ${DEFAULT-VALUE}).")
    private int imageSize;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    @Override
    public Integer call() {
      if (latencies != null && (architecture == null || device == null)) {
        throw new InvalidInput(
            architecture == null
                ? "--latencies tells of an architecture: give it with --architecture"
                : "--latencies needs --device, one of %s"
                    .formatted(String.join(", ", LatencyTable.devices(Input.of(latencies)))));
      }
      SearchSpace space =
          Subject.namesFile(name) ? SpaceFile.space(name) : SearchSpaces.named(name);
      if (architecture == null) {
        if (json) {
          output.json(facts(space));
        } else {
          output.lines(SpacePage.space(space, output.style()));
        }
        return 0;
      }
      Architecture parsed = space.parse(architecture);
      @Nullable LatencyTable table =
          latencies == null || device == null
              ? null
              : LatencyTable.read(Input.of(latencies), space, device);
      if (json) {
        Map<String, Object> facts = facts(space, parsed);
        if (table != null) {
          facts.put("latency", table.of(parsed, imageSize).orElse(null));
        }
        output.json(facts);
      } else {
        output.lines(SpacePage.architecture(space, parsed, output.style()));
        if (table != null) {
          output.lines(SpacePage.latency(table, parsed, imageSize, output.style()));
        }
      }
      return 0;
    }
  }

  private static Map<String, Object> facts(SearchSpace space) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", space.name());
    facts.put("title", space.title());
    facts.put("size", space.exactSize());
    return facts;
  }

  private static Map<String, Object> facts(SearchSpace space, Architecture architecture) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("architecture", architecture.canonical());
    space.facts(architecture).forEach(each -> facts.put(each.key(), each.value()));
    Cost cost = space.standardCost(architecture);
    facts.put("parameters", cost.parameters());
    facts.put("macs", cost.macs());
    return facts;
  }
}
