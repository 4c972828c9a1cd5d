package dev.espalier.cli.command;

import dev.espalier.activities.data.DatasetCache;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.home.HomeOption;
import dev.espalier.cli.view.ScoreTable;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.Criterion;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.space.MeasuredNetworks;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.MeasuresIndicators;
import dev.espalier.search.method.Methods;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.PrunableSpace;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.store.DatasetDocument;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      "Indicators: ntk, regions, parameters, macs, naswot, jacov, synflow, snip,",
      "grad-norm, l2-norm, swap, and the ensemble (log-rank of naswot, synflow and",
      "jacov among the architectures given); all means all of them. Parameters and",
      "macs are those of the standard network (C=16, N=5, 32x32; of genotypes C=36,",
      "20 cells; of NAS-Bench-101 its own)."
    },
    footer = {
      "",
      "Example:",
      "  espalier score --architectures cells.txt --indicators ntk,naswot --seeds 5"
    })
public final class ScoreCommand implements Callable<Integer> {

  private static final String ALL = "all";

  @Option(
      names = "--space",
      paramLabel = "S",
      description = "The search space (default: ${DEFAULT-VALUE}).")
  private String space = "nas-bench-201";

  @Option(
      names = "--indicators",
      paramLabel = "I",
      split = ",",
      description = "Any of them, or all (default: ntk,regions,parameters,macs).")
  private List<String> indicators =
      Stream.of(Indicator.NTK, Indicator.REGIONS, Indicator.PARAMETERS, Indicator.MACS)
          .map(Criterion::label)
          .toList();

  @Option(
      names = "--architectures",
      required = true,
      paramLabel = "FILE|-",
      description = "One canonical string a line; # begins a comment; - is standard input.")
  private String architectures = "-";

  @Option(
      names = "--data",
      paramLabel = "D|FOLDER",
      description = "The data set (default: the preset's), or a folder of images.")
  private @Nullable String data;

  @Option(
      names = "--preset",
      paramLabel = "P",
      description = "recommended (default), quick or published.")
  private String preset = "recommended";

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

  @Option(
      names = "--network",
      paramLabel = "part=N",
      description = {
        "The network of naswot to swap: channels=16, cells=5 (a stage; of genotypes 8",
        "in all; of NAS-Bench-101 3 a stack), batch=64, imageSize=16; may be repeated."
      })
  private final Map<String, Integer> network = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws InterruptedException {
    if (seeds < 1 || seeds > 1000) {
      throw new InvalidInput("--seeds must be between 1 and 1000, but was %d".formatted(seeds));
    }
    home.home(); // refused before anything is laid out there
    Set<Criterion> wanted = wanted();
    SearchSpace searched = SearchSpaces.named(space);
    Map<String, String> settings = new LinkedHashMap<>(sets);
    if (searched instanceof PrunableSpace) {
      settings.put("space", space); // others have no settings of their own there
    }
    if (data != null) {
      settings.put("data", DataFolder.named(home.home(), output, data, "score"));
    }
    MeasuresIndicators specification =
        (MeasuresIndicators)
            SpecificationReader.preset(
                Methods.thatCan(MeasuresIndicators.class).name(), preset, settings);
    ScoringSettings scored = networkSettings(searched);
    ArchitectureList.Listed read = ArchitectureList.read(searched, architectures, System.in);
    if (read.remark() != null) {
      output.remark(read.remark());
    }
    List<Architecture> listed = read.architectures();
    Set<Indicator> toMeasure = Scores.toMeasure(wanted);
    Map<Indicator, List<List<@Nullable Double>>> measured =
        toMeasure.isEmpty()
            ? Map.of()
            : measured(searched, listed, toMeasure, specification, scored);
    List<Score> scores = new Scores(searched, listed, seeds, measured).of(wanted);
    if (json) {
      output.json(scores);
    } else {
      List<String> labels = wanted.stream().map(Criterion::label).toList();
      output.lines(ScoreTable.lines(rows(scores), labels, output.style()));
      output.lines(ScoreTable.stability(stability(scores, wanted), seeds, output.style()));
    }
    return 0;
  }

  private Set<Criterion> wanted() {
    Set<Criterion> wanted = new LinkedHashSet<>();
    for (String each : indicators) {
      String name = each.strip();
      if (name.equals(ALL)) {
        wanted.addAll(Criterion.all());
      } else {
        wanted.add(Criterion.parse(name));
      }
    }
    return wanted;
  }

  private ScoringSettings networkSettings(SearchSpace searched) {
    List<String> allowed = List.of("channels", "cells", "batch", "imageSize");
    for (String part : network.keySet()) {
      if (!allowed.contains(part)) {
        throw new InvalidInput(
            "--network has no part \"%s\": allowed are %s.%s"
                .formatted(part, String.join(", ", allowed), DidYouMean.sentence(part, allowed)));
      }
    }
    ScoringSettings standard = NetworksBySpace.measured(searched).scoredNetwork();
    return new ScoringSettings(
        network.getOrDefault("channels", standard.channels()),
        network.getOrDefault("cells", standard.cells()),
        network.getOrDefault("batch", standard.batch()),
        network.getOrDefault("imageSize", standard.imageSize()));
  }

  private Map<Indicator, List<List<@Nullable Double>>> measured(
      SearchSpace searched,
      List<Architecture> listed,
      Set<Indicator> toMeasure,
      MeasuresIndicators specification,
      ScoringSettings scored)
      throws InterruptedException {
    MeasuredNetworks networks = NetworksBySpace.measured(searched);
    Torch torch = Torch.cpu();
    IndicatorSettings settings = specification.indicators();
    IndicatorImages images =
        IndicatorImages.of(dataset(specification.data()), settings.ntk(), settings.regions());
    return new Scoring(() -> networks.indicators(torch, images, settings, scored))
        .measure(listed, toMeasure, seeds, output::remark);
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

  /** Of each ranking that seeds change, as far as it is known. */
  private static Map<String, Double> stability(List<Score> scores, Set<Criterion> wanted) {
    Map<String, Double> stability = new LinkedHashMap<>();
    for (Criterion each : wanted) {
      Score.Values values = scores.getFirst().indicators().get(each.label());
      Double tau = values == null ? null : values.stability();
      if (each.cost() != Criterion.Cost.COUNTED && tau != null) {
        stability.put(each.label(), tau);
      }
    }
    return stability;
  }
}
