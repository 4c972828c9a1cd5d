package dev.espalier.bench;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.learning.indicator.IndicatorMeasurement;
import dev.espalier.learning.indicator.MeasurementRequest;
import dev.espalier.learning.space.nasbench201.CellIndicators;
import dev.espalier.learning.space.nasbench201.SupernetIndicators;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.tenas.TeNasSearch;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.NetworkCost;
import dev.espalier.search.space.nasbench201.NetworkShape;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.table.AccuracyTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is found without training: cells with their accuracies in the table, searched or chosen by
 * the plain library.
 *
 * <p>Arguments: those of {@link TableData#images}, {@code table=CSV} of accuracies, {@code
 * threads=1}. Every line of standard input is a job, answered by a line of JSON (see {@link Jobs}),
 * accuracies in percent:
 *
 * <pre>
 * DATA SEED search PRESET [path=value ...]   the cell that a whole search ends with
 * DATA SEED sample CELLS [cells=N]           of so many random cells, the one that the log-rank
 *                                            ensemble puts first, the one with most parameters,
 *                                            the most accurate, and their mean
 * DATA 0 table                               the same of all cells, but for the ensemble
 * </pre>
 */
public final class FoundCells {
  private final Map<TableData, ImageDataset> images = new EnumMap<>(TableData.class);
  private final AccuracyTable table;

  FoundCells(Arguments arguments) throws IOException {
    for (TableData data : TableData.values()) {
      if (arguments.has(data == TableData.CIFAR100 ? "cifar100" : "cifar10")) {
        images.put(data, data.images(arguments));
      }
    }
    this.table = TableData.table(arguments.path("table"));
  }

  public static void main(String[] words) throws Exception {
    Arguments arguments = Arguments.of(List.of(words));
    FoundCells found = new FoundCells(arguments);
    Jobs.run(System.in, System.out, arguments.number("threads", 1), found::answer);
  }

  Map<String, Object> answer(List<String> words) throws Exception {
    TableData data = TableData.parse(words.getFirst());
    long seed = Long.parseLong(words.get(1));
    return switch (words.get(2)) {
      case "search" -> {
        Map<String, String> sets = Arguments.of(words.subList(4, words.size())).settings();
        yield search(
            data, seed, TeNasSpecification.preset(words.get(3), new TreeMap<>(sets)).search());
      }
      case "sample" ->
          sample(
              data,
              seed,
              Integer.parseInt(words.get(3)),
              Arguments.of(words.subList(4, words.size())));
      case "table" -> choices(data, NasBench201.SPACE.cells());
      default ->
          throw new InvalidInput(
              "\"%s\" finds nothing: search, sample and table do".formatted(words.get(2)));
    };
  }

  private Map<String, Object> search(TableData data, long seed, TeNasSearch settings)
      throws Exception {
    try (SupernetIndicators indicators =
        new SupernetIndicators(Torch.cpu(), images(data), settings.indicators(), seed)) {
      Cell cell = new PlainPruning(settings, requests -> measured(indicators, requests)).search();
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("cell", cell.canonical());
      for (TableData each : TableData.values()) {
        report.put(each.label(), percent(each, cell));
      }
      report.put("accuracy", percent(data, cell));
      return report;
    }
  }

  private static List<IndicatorMeasurement> measured(
      SupernetIndicators indicators, List<MeasurementRequest> requests) {
    return requests.stream().map(indicators::measure).toList();
  }

  private ImageDataset images(TableData data) {
    ImageDataset dataset = images.get(data);
    if (dataset == null) {
      throw new InvalidInput("there are no images for %s".formatted(data.label()));
    }
    return dataset;
  }

  private double percent(TableData data, Cell cell) {
    return 100 * data.accuracy(table, cell);
  }

  private Map<String, Object> sample(TableData data, long seed, int count, Arguments arguments) {
    RandomStream stream = RandomStream.of(seed, "found-cells", "sample");
    List<Cell> all = NasBench201.SPACE.cells();
    List<Cell> cells =
        Arrays.stream(stream.permutation(all.size())).limit(count).mapToObj(all::get).toList();
    Map<String, Object> report = choices(data, cells);
    IndicatorSettings settings =
        TeNasSpecification.preset("recommended", Map.of()).search().indicators();
    try (CellIndicators indicators = SampleChoice.indicators(images(data), settings, arguments)) {
      double[] scores = SampleChoice.ensemble(indicators, cells, seed);
      report.put("cell", cells.get(SampleChoice.highest(scores)[0]).canonical());
      report.put("accuracy", SampleChoice.reached(scores, accuracies(data, cells)));
    }
    return report;
  }

  /** What is had for nothing, and the most there is. */
  private Map<String, Object> choices(TableData data, List<Cell> cells) {
    double[] accuracies = accuracies(data, cells);
    double[] parameters =
        cells.stream()
            .mapToDouble(cell -> NetworkCost.of(cell, NetworkShape.STANDARD).parameters())
            .toArray();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("mostParameters", SampleChoice.reached(parameters, accuracies));
    report.put("best", SampleChoice.reached(accuracies, accuracies));
    report.put("mean", Statistics.mean(accuracies));
    report.put("deviation", Statistics.standardDeviation(accuracies));
    return report;
  }

  private double[] accuracies(TableData data, List<Cell> cells) {
    return cells.stream().mapToDouble(cell -> percent(data, cell)).toArray();
  }
}
