package dev.espalier.search.table;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Delimited;
import dev.espalier.search.input.Delimited.Row;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.TabularSpace;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The CSV layout of an accuracy table, and what can be wrong with it. */
final class AccuracyCsv {
  private final TabularSpace space;
  private final int size;
  private final Input input;
  private final Delimited csv;
  private final List<String> left = new ArrayList<>();
  private int rows;

  AccuracyCsv(TabularSpace space, Input input) {
    this.space = space;
    this.size = Math.toIntExact(space.size());
    this.input = input;
    this.csv = Delimited.read(input, List.of("index", "arch"));
  }

  /** A table that was stored: percent, and every column but costs is an accuracy. */
  AccuracyTable stored() {
    List<String> columns =
        columns().stream().filter(column -> !AccuracyColumns.isCost(column)).toList();
    return new AccuracyTable(space, input.name(), columns, ratios(columns, 2, 1));
  }

  /** A table that a person has: what its numbers mean is found out, checked and said. */
  AccuracyTable imported(Remarks remarks) {
    List<String> columns = new ArrayList<>();
    for (String column : columns()) {
      (AccuracyColumns.isAccuracy(column) ? columns : left).add(column);
    }
    if (columns.isEmpty()) {
      throw problem(
          "there is no column of accuracies, such as cifar10_valid_12ep (found %s)"
              .formatted(left.isEmpty() ? "none beside index and arch" : Remarks.some(left)));
    }
    double[][] percents = ratios(columns, 0, Double.MAX_VALUE);
    boolean areRatios = AccuracyColumns.areRatios(input.name(), columns, percents);
    double[][] ratios = areRatios ? percents : ratios(columns, 2, 1);
    AccuracyColumns.check(space, input.name(), columns, ratios);
    remarks.add(
        "%s: understood as accuracies in %s, %,d column%s, %,d cells"
            .formatted(
                input.name(),
                areRatios ? "ratios between 0 and 1" : "percent",
                columns.size(),
                columns.size() == 1 ? "" : "s",
                size));
    if (!left.isEmpty()) {
      remarks.add(
          "%s: left out, since their names are not those of accuracies: %s"
              .formatted(input.name(), String.join(", ", left)));
    }
    return new AccuracyTable(space, input.name(), columns, ratios);
  }

  /** All but index and arch. */
  private List<String> columns() {
    String index = csv.column("index").orElse("");
    String arch = csv.column("arch", "architecture", "arch_str").orElse("");
    if (index.isEmpty() || arch.isEmpty()) {
      throw problem(
          "the first line must name the columns index and arch, but is \"%s\""
              .formatted(csv.headerLine()));
    }
    List<String> columns =
        csv.columns().stream()
            .filter(column -> !column.equals(index) && !column.equals(arch))
            .toList();
    if (columns.stream().allMatch(AccuracyColumns::isCost)) {
      throw problem("there is no column of accuracies, such as cifar10_valid_12ep");
    }
    return columns;
  }

  /**
   * {@code [column][official index]}.
   *
   * @param places by which the decimal point moves to the left
   * @param largest what a number may be then
   */
  private double[][] ratios(List<String> columns, int places, double largest) {
    String index = csv.column("index").orElseThrow();
    String arch = csv.column("arch", "architecture", "arch_str").orElseThrow();
    double[][] ratios = new double[columns.size()][size];
    boolean[] seen = new boolean[size];
    rows = 0;
    csv.forEach(row -> {
      csv.checkWidth(row);
      int number = index(row, row.get(index), row.get(arch), seen);
      for (int column = 0; column < columns.size(); column++) {
        ratios[column][number] = number(row, columns.get(column), places, largest);
      }
      rows++;
    });
    if (rows != size) {
      throw problem("truncated: %,d cells expected, %,d found".formatted(size, rows));
    }
    return ratios;
  }

  private int index(Row row, String stated, String arch, boolean[] seen) {
    Architecture cell;
    try {
      cell = space.parse(arch);
    } catch (InvalidInput e) {
      throw row.problem(e.problems().getFirst());
    }
    int index = space.index(cell);
    if (!stated.equals(Integer.toString(index))) {
      throw row.problem(
          "index %d expected for %s, \"%s\" found".formatted(index, cell.canonical(), stated));
    }
    if (seen[index]) {
      throw row.problem("cell %d stands here a second time".formatted(index));
    }
    seen[index] = true;
    return index;
  }

  /** Percent to ratio in decimals: 47.3111 becomes 0.473111 and nothing beside it. */
  private static double number(Row row, String column, int places, double largest) {
    String text = row.number(column);
    if (text.isEmpty()) {
      return Double.NaN;
    }
    double number;
    try {
      number = new BigDecimal(text).movePointLeft(places).doubleValue();
    } catch (NumberFormatException e) {
      throw row.problem("%s: \"%s\" is not a number".formatted(column, text));
    }
    if (!(number >= 0 && number <= largest)) {
      throw row.problem(
          "%s must be a percentage between 0 and 100, but was %s".formatted(column, text));
    }
    return number;
  }

  private InvalidInput problem(String what) {
    return new InvalidInput(input.name() + ": " + what);
  }
}
