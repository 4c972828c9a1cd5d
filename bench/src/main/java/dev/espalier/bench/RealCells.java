package dev.espalier.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.nasbench101.GraphCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cells of NAS-Bench-101 that were trained for real.
 *
 * @param rows with their validation accuracies
 * @param isOfficial whether those are the benchmark's, after 108 epochs: then targets are on the
 *     published scale, and a good cell is above 91 %
 */
record RealCells(TrainingRows rows, boolean isOfficial) {
  private static final List<String> NAMES =
      List.of("output", "input", "conv3x3-bn-relu", "conv1x1-bn-relu", "maxpool3x3");
  private static final double GOOD = 0.91;

  /** Of a JSON file of cells, or the cells of up to five vertices of a CSV file of EC-NAS. */
  static RealCells read(Path file) throws IOException {
    return file.toString().endsWith(".csv") ? table(file) : official(file);
  }

  /** Above which a cell is good: without official accuracies the better half of these rows are. */
  double good(TrainingRows trained) {
    if (isOfficial) {
      return GOOD;
    }
    double[] sorted = trained.accuracies();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static RealCells official(Path file) throws IOException {
    List<Architecture> cells = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    for (JsonNode each : Json.read(Files.readString(file), JsonNode.class).path("cells")) {
      List<String> names = new ArrayList<>();
      each.path("ops").forEach(code -> names.add(NAMES.get(code.asInt() + 2)));
      cells.add(cell(each.path("adjacency").toString(), names));
      accuracies.add(each.path("val_accuracy").asDouble());
    }
    return of(cells, accuracies, true);
  }

  private static RealCells table(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> columns = List.of(lines.getFirst().split(","));
    List<Architecture> cells = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",", -1);
      if (values.length != columns.size()) {
        throw new InvalidInput(
            "%s: a line has %d values instead of %d: %s"
                .formatted(file, values.length, columns.size(), line));
      }
      Map<String, String> row = new LinkedHashMap<>();
      IntStream.range(0, values.length).forEach(i -> row.put(columns.get(i), values[i]));
      if (value(row, "space").equals("5V9E")) {
        cells.add(cell(matrix(value(row, "adjacency")), List.of(value(row, "ops").split(" "))));
        accuracies.add(Double.parseDouble(value(row, "valid_acc")));
      }
    }
    return of(cells, accuracies, false);
  }

  private static String value(Map<String, String> row, String column) {
    String value = row.get(column);
    if (value == null) {
      throw new InvalidInput("there is no column %s".formatted(column));
    }
    return value;
  }

  /** {@code 011/001/000} as JSON. */
  private static String matrix(String rows) {
    return Arrays.stream(rows.split("/"))
        .map(row -> row.chars().mapToObj(Character::toString).collect(Collectors.joining(", ")))
        .collect(Collectors.joining("], [", "[[", "]]"));
  }

  private static GraphCell cell(String matrix, List<String> operations) {
    return GraphCell.parse(
        matrix
            + operations.stream()
                .map("'%s'"::formatted)
                .collect(Collectors.joining(", ", ", [", "]")));
  }

  private static RealCells of(
      List<Architecture> cells, List<Double> accuracies, boolean isOfficial) {
    return new RealCells(
        new TrainingRows(cells, accuracies.stream().mapToDouble(Double::doubleValue).toArray()),
        isOfficial);
  }
}
