package dev.espalier.learning.bench;

import dev.espalier.learning.data.CifarBinary;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.CellIndicators;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.Measurement;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.indicator.SupernetIndicators;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import dev.espalier.search.specification.SearchSettings;
import dev.espalier.search.specification.TeNasSpecification;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.table.AccuracyTable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How well a setting of TE-NAS's indicators ranks cells, and what it costs: rank correlation with
 * accuracy on a sample of the table, and whole searches.
 *
 * <p>Arguments: {@code images=DIR} (CIFAR-10's binary layout), {@code table=CSV}, {@code cells=500}
 * (0: every class of isomorphic cells), {@code seeds=3}, {@code searches=0}; every other {@code
 * path=value} changes the quick preset. Prints one line of JSON. One thread; CPU seconds are the
 * thread's own.
 */
public final class SettingStudy {
  private static final List<String> COLUMNS =
      List.of("cifar10_test_200ep", "cifar100_test_200ep", "imagenet16_120_test_200ep");

  private final ImageDataset images;
  private final AccuracyTable table;
  private final SearchSettings settings;
  private final List<Cell> cells;
  private final int seeds;

  private SettingStudy(
      ImageDataset images, AccuracyTable table, SearchSettings settings, int count, int seeds) {
    this.images = images;
    this.table = table;
    this.settings = settings;
    this.cells = cells(count);
    this.seeds = seeds;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> sets = new TreeMap<>();
    Map<String, String> own = new TreeMap<>(Map.of("cells", "500", "seeds", "3", "searches", "0"));
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      (parts[0].contains(".") ? sets : own).put(parts[0], parts[1]);
    }
    ImageDataset images =
        CifarBinary.of(CifarBinary.Variant.CIFAR10)
            .read("cifar10", Path.of(required(own, "images")), 0);
    SettingStudy study =
        new SettingStudy(
            images,
            table(Path.of(required(own, "table"))),
            TeNasSpecification.preset("quick", sets).search(),
            Integer.parseInt(required(own, "cells")),
            Integer.parseInt(required(own, "seeds")));
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("settings", sets);
    study.correlate(report);
    study.search(Integer.parseInt(required(own, "searches")), report);
    System.out.println(Json.write(report));
  }

  private static String required(Map<String, String> own, String name) {
    String value = own.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + "=... is missing");
    }
    return value;
  }

  private static AccuracyTable table(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return AccuracyTable.readCsv("nas-bench-201", in);
    }
  }

  /** One cell of each of so many classes, or of all. */
  private List<Cell> cells(int count) {
    RandomStream stream = RandomStream.of(0, "setting-study");
    Set<String> seen = new LinkedHashSet<>();
    List<Cell> cells = new ArrayList<>();
    List<Cell> all = NasBench201.SPACE.cells();
    for (int index : stream.permutation(all.size())) {
      Cell cell = all.get(index);
      if (seen.add(cell.isomorphismClass())
          && table.accuracy(cell, COLUMNS.getFirst()).isPresent()) {
        cells.add(cell);
      }
      if (cells.size() == count) {
        break;
      }
    }
    return cells;
  }

  private void correlate(Map<String, Object> report) {
    double[][] conditions = new double[seeds][cells.size()];
    double[][] regions = new double[seeds][cells.size()];
    double kernelSeconds = 0;
    double regionSeconds = 0;
    try (CellIndicators indicators = new CellIndicators(Torch.cpu(), images, settings)) {
      for (int seed = 0; seed < seeds; seed++) {
        for (int i = 0; i < cells.size(); i++) {
          double start = cpuSeconds();
          @Nullable Double condition = indicators.score(cells.get(i), Indicator.NTK, seed);
          double between = cpuSeconds();
          @Nullable Double count = indicators.score(cells.get(i), Indicator.REGIONS, seed);
          kernelSeconds += between - start;
          regionSeconds += cpuSeconds() - between;
          conditions[seed][i] = condition == null ? 50 : Math.log(condition);
          regions[seed][i] = count == null ? 0 : count;
        }
      }
    }
    report.put("cells", cells.size());
    report.put("seeds", seeds);
    report.put("kernelCpuSeconds", kernelSeconds / seeds / cells.size());
    report.put("regionCpuSeconds", regionSeconds / seeds / cells.size());
    double[] condition = negated(means(conditions));
    double[] count = means(regions);
    double[] both = sum(ranks(condition), ranks(count));
    double[] parameters =
        cells.stream()
            .mapToDouble(cell -> NetworkCost.of(cell, NetworkShape.STANDARD).parameters())
            .toArray();
    for (String column : COLUMNS) {
      double[] accuracy =
          cells.stream().mapToDouble(cell -> table.accuracy(cell, column).orElseThrow()).toArray();
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("ntkOneSeed", Statistics.spearman(negated(conditions[0]), accuracy));
      of.put("ntk", Statistics.spearman(condition, accuracy));
      of.put("ntkKendall", Statistics.kendallTau(condition, accuracy));
      of.put("regions", Statistics.spearman(count, accuracy));
      of.put("both", Statistics.spearman(both, accuracy));
      of.put("parameters", Statistics.spearman(parameters, accuracy));
      report.put(column, of);
    }
    report.put("ntkBetweenSeeds", stability(conditions));
    report.put("regionsBetweenSeeds", stability(regions));
  }

  /** Kendall's tau between the first seed and the mean of the others. */
  private static double stability(double[][] values) {
    return values.length < 2
        ? Double.NaN
        : Statistics.kendallTau(values[0], means(Arrays.copyOfRange(values, 1, values.length)));
  }

  private static double[] means(double[][] values) {
    double[] means = new double[values[0].length];
    for (double[] each : values) {
      for (int i = 0; i < means.length; i++) {
        means[i] += each[i] / values.length;
      }
    }
    return means;
  }

  private static double[] negated(double[] values) {
    return Arrays.stream(values).map(value -> -value).toArray();
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    Arrays.setAll(sum, i -> a[i] + b[i]);
    return sum;
  }

  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Arrays.stream(values).map(value -> Arrays.binarySearch(sorted, value)).toArray();
  }

  private void search(int searches, Map<String, Object> report) throws Exception {
    if (searches == 0) {
      return;
    }
    Map<String, double[]> accuracies = new LinkedHashMap<>();
    COLUMNS.forEach(column -> accuracies.put(column, new double[searches]));
    List<String> found = new ArrayList<>();
    double start = cpuSeconds();
    for (int seed = 0; seed < searches; seed++) {
      try (SupernetIndicators indicators =
          new SupernetIndicators(Torch.cpu(), images, settings, seed)) {
        Cell cell = new PlainPruning(settings, requests -> measured(indicators, requests)).search();
        found.add(cell.canonical());
        for (Map.Entry<String, double[]> each : accuracies.entrySet()) {
          each.getValue()[seed] = 100 * table.accuracy(cell, each.getKey()).orElseThrow();
        }
      }
    }
    report.put("searchCpuSeconds", (cpuSeconds() - start) / searches);
    accuracies.forEach((column, values) ->
        report.put(
            "found " + column,
            "%.2f ± %.2f"
                .formatted(Statistics.mean(values), Statistics.standardDeviation(values))));
    report.put("found", found);
  }

  private static List<Measurement> measured(
      SupernetIndicators indicators, List<MeasurementRequest> requests) {
    return requests.stream().map(indicators::measure).toList();
  }

  private static double cpuSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
