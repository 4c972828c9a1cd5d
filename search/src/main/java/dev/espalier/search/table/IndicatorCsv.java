package dev.espalier.search.table;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Delimited;
import dev.espalier.search.input.Delimited.Row;
import dev.espalier.search.input.Input;
import dev.espalier.search.space.nasbench201.Cell;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The CSV layout of a table of indicators, and what can be wrong with it. */
final class IndicatorCsv {
  private static final int SHOWN = 20;

  private final Input input;
  private final SequencedMap<Cell, double[]> values = new LinkedHashMap<>();

  IndicatorCsv(Input input) {
    this.input = input;
  }

  IndicatorTable read() {
    Delimited csv = Delimited.read(input, List.of("index", "arch"));
    List<String> columns = csv.columns();
    if (columns.size() < 3 || !columns.contains("index") || !columns.contains("arch")) {
      throw new InvalidInput(
          "%s: the first line must name the columns index, arch and at least one indicator, but is \"%s\""
              .formatted(input.name(), csv.headerLine()));
    }
    List<String> indicators =
        columns.stream().filter(each -> !each.equals("index") && !each.equals("arch")).toList();
    List<String> problems = new ArrayList<>();
    csv.forEach(row -> {
      try {
        csv.checkWidth(row);
        take(row, indicators);
      } catch (InvalidInput e) {
        problems.add(e.getMessage());
      }
    });
    if (values.isEmpty() && problems.isEmpty()) {
      problems.add(input.name() + ": there is no row");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems.subList(0, Math.min(SHOWN, problems.size())));
    }
    return new IndicatorTable(input.name(), indicators, values);
  }

  private void take(Row row, List<String> indicators) {
    Cell cell;
    try {
      cell = Cell.parse(row.get("arch"));
    } catch (InvalidInput e) {
      throw row.problem(e.problems().getFirst());
    }
    if (!row.get("index").equals(Integer.toString(cell.index()))) {
      throw row.problem(
          "index %d expected for %s, \"%s\" found".formatted(cell.index(), cell, row.get("index")));
    }
    double[] numbers =
        indicators.stream().mapToDouble(indicator -> number(row, indicator)).toArray();
    if (values.putIfAbsent(cell, numbers) != null) {
      throw row.problem("cell %d stands here a second time".formatted(cell.index()));
    }
  }

  private static double number(Row row, String indicator) {
    String text = row.number(indicator);
    if (text.isEmpty()) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw row.problem("%s: \"%s\" is not a number".formatted(indicator, text));
    }
  }
}
