package dev.espalier.search.table;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Delimited;
import dev.espalier.search.input.Delimited.Row;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.table.ArchitectureTable.Accuracy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The CSV layout of a table of architectures, and what can be wrong with it. */
final class ArchitectureCsv {
  private static final int SHOWN = 20;

  /** No loss and hardly an error is above it; an accuracy in percent mostly is. */
  private static final double SURELY_PERCENT = 20;

  private final Input input;
  private final Remarks remarks;
  private final Delimited csv;
  private final String architecture;
  private final String validation;
  private final Optional<String> test;
  private final List<String> problems = new ArrayList<>();
  private double smallestPositive = Double.MAX_VALUE;
  private double largest;

  ArchitectureCsv(Input input, Remarks remarks) {
    this.input = input;
    this.remarks = remarks;
    this.csv = Delimited.read(input, List.of("architecture", "arch", "genotype", "validation"));
    this.architecture = csv.column("architecture", "arch", "genotype").orElse("");
    this.validation =
        csv.column(
                "validation",
                "valid",
                "val",
                "validation_accuracy",
                "valid_acc",
                "val_acc",
                "val_accuracy")
            .orElse("");
    this.test = csv.column("test", "test_accuracy", "test_acc");
    if (architecture.isEmpty() || validation.isEmpty()) {
      throw new InvalidInput(
          "%s: the first line must name the columns architecture and validation (and test, if known), but is \"%s\""
              .formatted(input.name(), csv.headerLine()));
    }
  }

  /** By architecture, in the file's order. */
  SequencedMap<String, Accuracy> rows() {
    csv.forEach(this::look);
    boolean percent = isPercent();
    SequencedMap<String, Accuracy> rows = new LinkedHashMap<>();
    csv.forEach(row -> {
      try {
        csv.checkWidth(row);
        take(row, percent ? 2 : 0, rows);
      } catch (InvalidInput e) {
        problems.add(e.getMessage());
      }
    });
    if (problems.isEmpty() && rows.isEmpty()) {
      problems.add(input.name() + ": there is no row");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems.size() > SHOWN ? problems.subList(0, SHOWN) : problems);
    }
    remark(percent);
    return rows;
  }

  /** The range of all numbers. */
  private void look(Row row) {
    for (String column : columns()) {
      try {
        double number = Double.parseDouble(row.number(column));
        largest = Double.isFinite(number) ? Math.max(largest, number) : largest;
        smallestPositive = number > 0 ? Math.min(smallestPositive, number) : smallestPositive;
      } catch (NumberFormatException e) {
        // told of with its row
      }
    }
  }

  private List<String> columns() {
    return test.isPresent() ? List.of(validation, test.get()) : List.of(validation);
  }

  /** Ratios and percent in one table cannot be told apart. */
  private boolean isPercent() {
    if (largest <= 1 || largest > 100) {
      return false;
    }
    if (largest < SURELY_PERCENT) {
      throw new InvalidInput(
          ("%s: %s must be a ratio between 0 and 1, but the largest number is %s: "
                  + "these look neither like ratios nor like percent. Losses?")
              .formatted(input.name(), String.join(" and ", columns()), (float) largest));
    }
    if (smallestPositive < 1) {
      throw new InvalidInput(
          "%s: %s must be ratios between 0 and 1, but go from %s to %s: write all of them as ratios"
              .formatted(
                  input.name(),
                  String.join(" and ", columns()),
                  (float) smallestPositive,
                  (float) largest));
    }
    return true;
  }

  private void take(Row row, int places, SequencedMap<String, Accuracy> rows) {
    String text = row.get(architecture);
    Double ofTest =
        test.isPresent() && !row.get(test.get()).isEmpty()
            ? (Double) ratio(row, test.get(), places)
            : null;
    Accuracy accuracy = accuracy(ratio(row, validation, places), ofTest);
    if (text.isEmpty() || rows.putIfAbsent(text, accuracy) != null) {
      throw row.problem(
          "architecture \"%s\" is empty or stands here a second time".formatted(text));
    }
  }

  private static Accuracy accuracy(double validation, @Nullable Double test) {
    return new Accuracy(validation, test);
  }

  private static double ratio(Row row, String column, int places) {
    String text = row.number(column);
    double ratio;
    try {
      ratio = new BigDecimal(text).movePointLeft(places).doubleValue();
    } catch (NumberFormatException e) {
      throw row.problem("%s: \"%s\" is not a number".formatted(column, text));
    }
    if (!(ratio >= 0 && ratio <= 1)) {
      throw row.problem("%s must be a ratio between 0 and 1, but was %s".formatted(column, text));
    }
    return ratio;
  }

  private void remark(boolean percent) {
    if (percent) {
      remarks.add(
          "%s: understood as percent (from %s to %s), stored as ratios"
              .formatted(input.name(), (float) smallestPositive, (float) largest));
    }
    Set<String> left = new TreeSet<>(csv.columns());
    left.remove(architecture);
    left.remove(validation);
    test.ifPresent(left::remove);
    if (!left.isEmpty()) {
      remarks.add("%s: columns left out: %s".formatted(input.name(), String.join(", ", left)));
    }
  }
}
