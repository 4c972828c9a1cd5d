package dev.espalier.search.space.nasbench101;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.SharedData;
import dev.espalier.search.canonical.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell of golden/neuralpredictor or data/nasbench101.
 *
 * @param parameters of the benchmark's network, or 0 where they are not given
 */
record PublishedCell(String hash, List<String> rows, List<String> names, long parameters) {
  /** The cells of a golden file. */
  static List<PublishedCell> golden(String name) throws IOException {
    JsonNode file =
        Json.read(
            Files.readString(SharedData.file("golden/neuralpredictor/" + name)), JsonNode.class);
    List<PublishedCell> cells = new ArrayList<>();
    for (JsonNode each : file.path("cells")) {
      List<String> rows = new ArrayList<>();
      each.path("adjacency").forEach(row -> rows.add(digits(row)));
      List<String> names = new ArrayList<>();
      each.path("ops").forEach(operation -> names.add(name(operation.asInt())));
      cells.add(
          new PublishedCell(
              each.path("hash").asText(),
              rows,
              names,
              Math.round(1e6 * each.path("params_million").asDouble())));
    }
    return cells;
  }

  /** All cells of at most five vertices, each once or more, in the benchmark's own order. */
  static List<PublishedCell> small() throws IOException {
    try (BufferedReader reader =
        Files.newBufferedReader(SharedData.file("data/nasbench101/ecnas_4epoch.csv"))) {
      return reader
          .lines()
          .skip(1)
          .map(line -> line.split(",", -1))
          .map(row ->
              new PublishedCell(
                  row[1],
                  List.of(row[5].split("/")),
                  List.of(row[6].split(" ")),
                  Long.parseLong(row[7])))
          .toList();
    }
  }

  private static String digits(JsonNode row) {
    StringBuilder digits = new StringBuilder();
    row.forEach(digit -> digits.append(digit.asInt()));
    return digits.toString();
  }

  private static String name(int operation) {
    return switch (operation) {
      case -1 -> "input";
      case -2 -> "output";
      default -> VertexOperation.ALL.get(operation).officialLabel();
    };
  }

  GraphCell cell() {
    return MatrixSpelling.ofRows(rows, names);
  }

  /** Whether its vertices stand in the order of the cell's own. */
  boolean isInOrder() {
    GraphCell cell = cell();
    for (int source = 0; source < cell.vertices(); source++) {
      for (int target = 0; target < cell.vertices(); target++) {
        if (cell.hasEdge(source, target) != (rows.get(source).charAt(target) == '1')) {
          return false;
        }
      }
    }
    return cell.operations().stream()
        .map(VertexOperation::officialLabel)
        .toList()
        .equals(names.subList(1, names.size() - 1));
  }
}
