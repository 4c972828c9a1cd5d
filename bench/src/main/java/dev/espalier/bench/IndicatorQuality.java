package dev.espalier.bench;

import dev.espalier.learning.data.CifarBinary;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.Criterion;
import dev.espalier.learning.indicator.Ensemble;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.space.nasbench201.CellIndicators;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.table.AccuracyTable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well each indicator ranks a sample of NAS-Bench-201 cells: agreement with the accuracies of a
 * table and with published scores, and what a value costs.
 *
 * <p>Arguments: {@code images=FOLDER} in CIFAR-10's binary layout, {@code table=CSV} of accuracies,
 * {@code published=CSV} of scores; {@code sample=300} cells of those with published scores, {@code
 * seeds=1}, {@code only=a,b}, and the network: {@code channels=16 cells=5 batch=64 image=16}. NTK
 * and regions are measured as the preset {@code preset=recommended} says. One thread; each
 * indicator by itself, so that none profits from another's pass. Correlations are those of single
 * seeds, averaged. Prints a line of JSON an indicator.
 */
public final class IndicatorQuality {
  private static final Map<String, String> ACCURACIES =
      new TreeMap<>(
          Map.of(
              "cifar10", "cifar10_test_200ep",
              "cifar100", "cifar100_test_200ep",
              "imagenet16-120", "imagenet16_120_test_200ep"));

  private final Torch torch = Torch.cpu();
  private final IndicatorImages images;
  private final IndicatorSettings settings;
  private final ScoringSettings network;
  private final int seeds;
  private final List<Cell> cells;
  private final double[] parameters;
  private final Map<String, double[]> accuracies = new TreeMap<>();
  private final PublishedScores published;
  private final Map<Indicator, List<List<@Nullable Double>>> measured =
      new EnumMap<>(Indicator.class); // by seed, then by cell
  private final Map<Indicator, Double> seconds = new EnumMap<>(Indicator.class);

  private IndicatorQuality(Map<String, String> options) throws IOException {
    ImageDataset dataset =
        CifarBinary.of(CifarBinary.Variant.CIFAR10).read("images", path(options, "images"), 0);
    this.settings =
        TeNasSpecification.preset(option(options, "preset"), Map.of()).search().indicators();
    this.images = IndicatorImages.of(dataset, settings.ntk(), settings.regions());
    this.network =
        new ScoringSettings(
            number(options, "channels"),
            number(options, "cells"),
            number(options, "batch"),
            number(options, "image"));
    this.seeds = number(options, "seeds");
    this.published = PublishedScores.read(path(options, "published"));
    this.cells = sample(number(options, "sample"), published);
    this.parameters = new double[cells.size()];
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path(options, "table")))) {
      AccuracyTable table = AccuracyTable.readCsv(NasBench201.SPACE, "table", file);
      ACCURACIES.forEach((name, column) ->
          accuracies.put(
              name,
              cells.stream()
                  .mapToDouble(cell -> table.accuracy(cell, column).orElseThrow())
                  .toArray()));
    }
    try (CellIndicators counts = new CellIndicators(torch, images, settings, network)) {
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] =
            Indicator.PARAMETERS.worth(counts.score(cells.get(i), Indicator.PARAMETERS, 0));
      }
    }
  }

  public static void main(String[] arguments) throws IOException {
    ScoringSettings standard = ScoringSettings.DEFAULT;
    Map<String, String> options = new TreeMap<>(Map.of("sample", "300", "seeds", "1"));
    options.put("channels", String.valueOf(standard.channels()));
    options.put("cells", String.valueOf(standard.cells()));
    options.put("batch", String.valueOf(standard.batch()));
    options.put("image", String.valueOf(standard.imageSize()));
    options.put("preset", "recommended");
    options.put("only", String.join(",", Criterion.labels()));
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      options.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    IndicatorQuality quality = new IndicatorQuality(options);
    for (String label : option(options, "only").split(",", -1)) {
      System.out.println(Json.write(quality.report(Criterion.parse(label))));
    }
  }

  /** Cells in a shuffled order, as far as there are published scores of them. */
  private static List<Cell> sample(int count, PublishedScores published) {
    RandomStream stream = RandomStream.of(0, "indicator-quality", "sample");
    return Arrays.stream(stream.permutation(15_625))
        .mapToObj(Cell::ofIndex)
        .filter(published::knows)
        .limit(count)
        .toList();
  }

  private Map<String, @Nullable Object> report(Criterion criterion) {
    Map<String, @Nullable Object> report = new LinkedHashMap<>();
    List<List<@Nullable Double>> bySeed = values(criterion);
    List<double[]> worths =
        bySeed.stream()
            .map(values -> values.stream().mapToDouble(criterion::worth).toArray())
            .toList();
    report.put("indicator", criterion.label());
    report.put("numericClass", torch.numericClass());
    report.put("cells", cells.size());
    report.put("seeds", worths.size());
    report.put("network", network);
    report.put("cpuSecondsACell", seconds(criterion));
    report.put("notNumbers", bySeed.stream().flatMap(List::stream).filter(v -> v == null).count());
    accuracies.forEach((name, ofCells) ->
        report.put(
            name, worths.stream().map(each -> RankQuality.of(each, ofCells, parameters)).toList()));
    double[] theirs = published.of(criterion, cells);
    report.put(
        "published",
        theirs == null
            ? null
            : worths.stream().map(each -> Statistics.spearman(each, theirs)).toList());
    report.put(
        "seedsAgree",
        worths.size() < 2 ? null : Statistics.kendallTau(worths.get(0), worths.get(1)));
    return report;
  }

  private List<List<@Nullable Double>> values(Criterion criterion) {
    return switch (criterion) {
      case Indicator indicator -> measured(indicator);
      case Ensemble ensemble -> ensemble(ensemble);
    };
  }

  private List<List<@Nullable Double>> ensemble(Ensemble ensemble) {
    List<List<@Nullable Double>> bySeed = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      Map<Indicator, List<@Nullable Double>> members = new EnumMap<>(Indicator.class);
      for (Indicator member : ensemble.members()) {
        members.put(member, measured(member).get(seed));
      }
      bySeed.add(new ArrayList<@Nullable Double>(ensemble.scores(members)));
    }
    return bySeed;
  }

  private List<List<@Nullable Double>> measured(Indicator indicator) {
    List<List<@Nullable Double>> known = measured.get(indicator);
    if (known != null) {
      return known;
    }
    List<List<@Nullable Double>> bySeed = new ArrayList<>();
    try (CellIndicators indicators = new CellIndicators(torch, images, settings, network)) {
      long before = cpuNanoseconds();
      for (int seed = 0; seed < (indicator.cost() == Criterion.Cost.COUNTED ? 1 : seeds); seed++) {
        List<@Nullable Double> values = new ArrayList<>();
        for (Cell cell : cells) {
          values.add(indicators.score(cell, indicator, seed));
        }
        bySeed.add(Collections.unmodifiableList(values));
      }
      double spent = (cpuNanoseconds() - before) / 1e9;
      seconds.put(indicator, spent / (bySeed.size() * cells.size()));
    }
    measured.put(indicator, bySeed);
    return bySeed;
  }

  private double seconds(Criterion criterion) {
    return switch (criterion) {
      case Indicator indicator -> seconds.getOrDefault(indicator, 0.0);
      case Ensemble ensemble ->
          ensemble.members().stream()
              .mapToDouble(member -> seconds.getOrDefault(member, 0.0))
              .sum();
    };
  }

  /** Of this thread, the engine's work included. */
  private static long cpuNanoseconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Path path(Map<String, String> options, String name) {
    return Path.of(option(options, name));
  }

  private static int number(Map<String, String> options, String name) {
    return Integer.parseInt(option(options, name));
  }

  private static String option(Map<String, String> options, String name) {
    String value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException("%s=... is missing".formatted(name));
    }
    return value;
  }
}
