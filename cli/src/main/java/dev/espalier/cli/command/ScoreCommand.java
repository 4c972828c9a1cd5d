package dev.espalier.cli.command;

import dev.espalier.activities.data.DatasetCache;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.view.ScoreTable;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.specification.SearchSettings;
import dev.espalier.search.specification.TeNasSpecification;
import dev.espalier.store.DatasetDocument;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier score}. */
@Command(
    name = "score",
    sortOptions = false,
    description = {
      "Measures indicators of given architectures, in this process.",
      "Values of ntk (condition number) and regions differ by seed; parameters and",
      "macs are those of the standard network (C=16, N=5, 32x32)."
    },
    footer = {
      "",
      "Example:",
      "  espalier score --architectures cells.txt --indicators ntk,regions --seeds 5"
    })
public final class ScoreCommand implements Callable<Integer> {

  @Option(
      names = "--space",
      paramLabel = "S",
      description = "The search space (default: ${DEFAULT-VALUE}).")
  private String space = "nas-bench-201";

  @Option(
      names = "--indicators",
      paramLabel = "I",
      split = ",",
      description = "Any of ntk, regions, parameters, macs (default: all).")
  private List<String> indicators = Scoring.INDICATORS;

  @Option(
      names = "--architectures",
      required = true,
      paramLabel = "FILE|-",
      description = "One canonical string a line; # begins a comment; - is standard input.")
  private String architectures = "-";

  @Option(names = "--data", paramLabel = "D", description = "The data set (default: the preset's).")
  private @Nullable String data;

  @Option(names = "--preset", paramLabel = "P", description = "quick (default) or published.")
  private String preset = "quick";

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Measure with seeds 0 to N-1 (default: ${DEFAULT-VALUE}).")
  private int seeds = 1;

  @Option(
      names = "--set",
      paramLabel = "path=value",
      description = "Any other setting, such as search.ntk.batch=72; may be repeated.")
  private final Map<String, String> sets = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws InterruptedException {
    if (seeds < 1 || seeds > 1000) {
      throw new InvalidInput("--seeds must be between 1 and 1000, but was %d".formatted(seeds));
    }
    Set<String> wanted = wanted();
    SearchSpace searched = SearchSpaces.named(space);
    Map<String, String> settings = new LinkedHashMap<>(sets);
    settings.put("space", space);
    if (data != null) {
      settings.put("data", data);
    }
    TeNasSpecification specification = TeNasSpecification.preset(preset, settings);
    List<Architecture> scored = ArchitectureList.read(searched, architectures, System.in);
    List<Score> scores =
        Scoring.isMeasured(wanted)
            ? measured(scored, wanted, specification.search(), dataset(specification.data()))
            : Scoring.counted(scored, wanted, seeds);
    if (json) {
      output.json(scores);
    } else {
      output.lines(ScoreTable.lines(rows(scores), List.copyOf(wanted), output.style()));
    }
    return 0;
  }

  private Set<String> wanted() {
    Set<String> wanted = new LinkedHashSet<>();
    for (String each : indicators) {
      String name = each.strip();
      if (!Scoring.INDICATORS.contains(name)) {
        throw new InvalidInput(
            "there is no indicator \"%s\": allowed are %s.%s"
                .formatted(
                    name,
                    String.join(", ", Scoring.INDICATORS),
                    DidYouMean.sentence(name, Scoring.INDICATORS)));
      }
      wanted.add(name);
    }
    return wanted;
  }

  private List<Score> measured(
      List<Architecture> scored, Set<String> wanted, SearchSettings settings, ImageDataset images)
      throws InterruptedException {
    Scoring scoring = new Scoring(Torch.cpu(), images, settings);
    return scoring.measure(scored, wanted, seeds, output::remark);
  }

  private ImageDataset dataset(String name) {
    Home place = home.home();
    try (StoreAccess access = StoreAccess.open(place, "score")) {
      DatasetDocument document =
          access
              .store()
              .datasets()
              .byName(name)
              .filter(each -> each.kind().equals(DatasetDocument.IMAGES))
              .orElseThrow(() ->
                  new InvalidInput(
                      "there is no image data set %s in %s. Run: espalier data fetch %s%s"
                          .formatted(name, place, name, Homes.option(place))));
      return DatasetCache.load(access.store(), place.cache().resolve("data"), document.digest());
    }
  }

  private static List<ScoreTable.Row> rows(List<Score> scores) {
    return scores.stream()
        .map(score -> {
          Map<String, ScoreTable.Figure> figures = new LinkedHashMap<>();
          score
              .indicators()
              .forEach((name, values) ->
                  figures.put(name, new ScoreTable.Figure(values.mean(), values.std())));
          return new ScoreTable.Row(score.architecture(), figures);
        })
        .toList();
  }
}
