package dev.espalier.bench;

import dev.espalier.learning.predictor.Columns;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.table.AccuracyTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cells of NAS-Bench-201 with their accuracies, and scores that others measured without training.
 */
final class TauData {
  /** All but the counted ones, and the one that looks at epochs of labels. */
  static final List<String> INDICATORS =
      List.of(
          "fisher",
          "grad_norm",
          "grasp",
          "jacov",
          "l2_norm",
          "nwot",
          "plain",
          "snip",
          "synflow",
          "zen");

  /** Known for cells that are distinct as the benchmark tells them apart: there are 9,445. */
  private static final String DISTINCT = "cifar10_valid_200ep";

  private final AccuracyTable table;
  private final Arguments arguments;
  private final Map<TableData, Columns> indicators = new EnumMap<>(TableData.class);

  private @Nullable Columns own;

  TauData(AccuracyTable table, Arguments arguments) {
    this.table = table;
    this.arguments = arguments;
  }

  /**
   * @param pool {@code all} or {@code distinct}
   */
  TrainingRows rows(TableData data, String pool) {
    List<Cell> cells =
        switch (pool) {
          case "all" -> NasBench201.SPACE.cells();
          case "distinct" ->
              NasBench201.SPACE.cells().stream()
                  .filter(cell -> table.accuracy(cell, DISTINCT).isPresent())
                  .toList();
          default ->
              throw new InvalidInput(
                  "there are all or distinct cells, but not \"%s\"".formatted(pool));
        };
    return new TrainingRows(
        cells, cells.stream().mapToDouble(cell -> data.accuracy(table, cell)).toArray());
  }

  synchronized Columns indicators(TableData data) throws IOException {
    TableData measured = data == TableData.CIFAR100 ? TableData.CIFAR10 : data;
    Columns known = indicators.get(measured);
    if (known == null) {
      known = read(arguments.path(measured.label()));
      indicators.put(measured, known);
    }
    return known;
  }

  /** What an experiment with {@code indicators.names} measured: the artifact of its columns. */
  synchronized Columns own() throws IOException {
    if (own == null) {
      Measured measured = Json.read(Files.readString(arguments.path("own")), Measured.class);
      Map<String, double[]> rows = new HashMap<>();
      measured
          .standings()
          .forEach((cell, row) ->
              rows.put(cell, row.stream().mapToDouble(Double::doubleValue).toArray()));
      own = new Columns(measured.names(), rows);
    }
    return own;
  }

  private record Measured(List<String> names, Map<String, List<Double>> standings) {}

  private static Columns read(Path file) throws IOException {
    Map<String, double[]> rows = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      List<String> header = List.of(lines.readLine().split(",", -1));
      int[] places = INDICATORS.stream().mapToInt(header::indexOf).toArray();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        double[] row = new double[places.length];
        for (int i = 0; i < row.length; i++) {
          row[i] = Double.parseDouble(fields[places[i]]);
        }
        rows.put(fields[header.indexOf("arch")], row);
      }
    }
    return new Columns(INDICATORS, rows);
  }
}
