package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.CellMatrix;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.Moment;
import dev.espalier.search.trainings.TrainingQuery;
import dev.espalier.search.trainings.TrainingTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of a row for each training, whatever it was written in: the cell (as a string, by its
 * hash, or as a matrix with operations), the epochs, which training of these it is, and what was
 * measured.
 */
final class FlatTable {
  private static final int SHOWN = 20;
  private static final int MOST_TRAININGS = 100;

  /** No ratio is above it, and an accuracy in percent mostly is. */
  private static final double SURELY_PERCENT = 20;

  private static final Pattern SIGNS = Pattern.compile("[\\[\\](){}\"']");

  private static final Pattern ROW_ENDS = Pattern.compile("[\\]/]");
  private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");

  private final FlatSource source;
  private final Remarks remarks;
  private final TrainingCollector collector;
  private final List<String> problems = new ArrayList<>();
  private final TreeSet<BigDecimal> labels = new TreeSet<>();
  private final Run run = new Run();
  private double largest;
  private double smallest = Double.MAX_VALUE;
  private int places;
  private int numberedOn;
  private int repeated;
  private int alike;
  private boolean lacksEpochs;

  private FlatTable(MatrixSpace space, FlatSource source, Remarks remarks) {
    this.source = source;
    this.remarks = remarks;
    this.collector = new TrainingCollector(space, MOST_TRAININGS);
  }

  static TrainingTable read(MatrixSpace space, FlatSource source, Remarks remarks) {
    return new FlatTable(space, source, remarks).table();
  }

  private TrainingTable table() {
    requireNames();
    source.forEach(this::look);
    places = isPercent() ? 2 : 0;
    source.forEach(row -> {
      if (problems.size() < SHOWN) {
        try {
          take(row);
        } catch (InvalidInput e) {
          problems.add("%s: %s: %s".formatted(source.name(), row.where(), e.getMessage()));
        }
      }
    });
    if (!problems.isEmpty()) {
      if (problems.size() == SHOWN) {
        problems.add(source.name() + ": the rows behind were not looked at");
      }
      throw new InvalidInput(problems);
    }
    TrainingTable table = collector.table(source.name(), remarks);
    remark();
    return table;
  }

  private void requireNames() {
    boolean hasCell =
        Stream.of(FlatNames.ARCHITECTURE, FlatNames.HASH, FlatNames.MATRIX).anyMatch(this::has);
    boolean isWhole = !has(FlatNames.MATRIX) || has(FlatNames.OPERATIONS);
    boolean hasAccuracy =
        Stream.of(Metric.TRAIN, Metric.VALIDATION, Metric.TEST)
            .anyMatch(metric -> has(FlatNames.of(Moment.FINAL, metric)));
    if (hasCell && isWhole && hasAccuracy) {
      return;
    }
    String found = Remarks.some(source.names());
    throw new InvalidInput(
        !hasCell
            ? ("%s: nothing says which cell a row is of: a column architecture, hash, "
                    + "or adjacency and operations is needed (found: %s)")
                .formatted(source.name(), found)
            : !isWhole
                ? "%s: there is a matrix, but no column operations (found: %s)"
                    .formatted(source.name(), found)
                : ("%s: there is no accuracy: a column train, validation or test is "
                        + "needed, such as final_validation (found: %s)")
                    .formatted(source.name(), found));
  }

  private boolean has(List<String> names) {
    return source.names().stream().anyMatch(name -> names.contains(name.toLowerCase(Locale.ROOT)));
  }

  /** The range of all accuracies, and how the trainings of a cell are told apart. */
  private void look(FlatRow row) {
    for (Moment moment : Moment.values()) {
      for (Metric metric : List.of(Metric.TRAIN, Metric.VALIDATION, Metric.TEST)) {
        try {
          double value = Double.parseDouble(row.first(FlatNames.of(moment, metric)));
          largest = Math.max(largest, value);
          smallest = value > 0 ? Math.min(smallest, value) : smallest;
        } catch (NumberFormatException e) {
          // told of with its row
        }
      }
    }
    String label = row.first(FlatNames.TRAINING);
    if (label.matches("\\d{1,9}(\\.0+)?") && labels.size() <= MOST_TRAININGS) {
      labels.add(new BigDecimal(label).stripTrailingZeros());
    }
  }

  /** Ratios and percent in one table cannot be told apart. */
  private boolean isPercent() {
    if (largest <= 1 || largest > 100) {
      return false;
    }
    if (largest < SURELY_PERCENT || smallest < 1) {
      throw new InvalidInput(
          ("%s: accuracies must be ratios between 0 and 1, but go from %s to %s: "
                  + "write all of them as ratios, or all in percent")
              .formatted(source.name(), (float) smallest, (float) largest));
    }
    return true;
  }

  private void take(FlatRow row) {
    int cell = cell(row);
    int epochs = epochs(row);
    run.clear();
    for (Moment moment : Moment.values()) {
      for (Metric metric : Metric.values()) {
        String text = row.first(FlatNames.of(moment, metric));
        if (!text.isEmpty()) {
          run.set(
              moment,
              metric,
              number(text, moment.label() + " " + metric.label())
                  .movePointLeft(metric.isAccuracy() ? places : 0)
                  .doubleValue());
        }
      }
    }
    if (run.isEmpty()) {
      throw new InvalidInput("nothing was measured");
    }
    String parameters = row.first(FlatNames.PARAMETERS);
    if (!parameters.isEmpty()) {
      collector.parameters(cell, whole(parameters, "the number of parameters"));
    }
    add(cell, epochs, row.first(FlatNames.TRAINING));
  }

  /** A training under its number; one that has the number of another comes behind all. */
  private void add(int cell, int epochs, String label) {
    if (label.isEmpty()) {
      int next = collector.next(cell, epochs);
      for (int training = 0; training < next; training++) {
        alike += collector.isSame(cell, epochs, training, run) ? 1 : 0;
      }
      collector.add(cell, epochs, next, run);
      return;
    }
    int training = place(label);
    if (collector.has(cell, epochs, training)) {
      if (collector.isSame(cell, epochs, training, run)) {
        repeated++;
        return;
      }
      numberedOn++;
      training = labels.size();
      while (collector.has(cell, epochs, training)) {
        training++;
      }
    }
    collector.add(cell, epochs, training, run);
  }

  private int place(String label) {
    BigDecimal number = BigDecimal.valueOf(whole(label, "the number of the training"));
    if (labels.size() > MOST_TRAININGS) {
      throw new InvalidInput(
          "trainings have more than %d different numbers: a cell has so many at most"
              .formatted(MOST_TRAININGS));
    }
    return labels.headSet(number.stripTrailingZeros()).size();
  }

  private int epochs(FlatRow row) {
    String text = row.first(FlatNames.EPOCHS);
    if (text.isEmpty()) {
      if (has(FlatNames.EPOCHS)) {
        throw new InvalidInput("the number of epochs is missing");
      }
      lacksEpochs = true;
      return TrainingQuery.PUBLISHED_EPOCHS;
    }
    long epochs = whole(text, "the number of epochs");
    PublishedRecord.requireEpochs(epochs);
    return (int) epochs;
  }

  private int cell(FlatRow row) {
    String hash = row.first(FlatNames.HASH);
    @Nullable String given = hash.isEmpty() ? null : hash.toLowerCase(Locale.ROOT);
    String matrix = row.first(FlatNames.MATRIX);
    if (!matrix.isEmpty()) {
      return collector.row(
          new CellMatrix(rows(matrix), operations(row.first(FlatNames.OPERATIONS))), given);
    }
    String architecture = row.first(FlatNames.ARCHITECTURE);
    if (!architecture.isEmpty()) {
      return collector.row(architecture, given);
    }
    if (given == null) {
      throw new InvalidInput("nothing says which cell it is of");
    }
    return collector.row(given, null);
  }

  /** Of digits, with slashes, brackets, commas or nothing between. */
  private static List<String> rows(String matrix) {
    String digits = matrix.replaceAll("[\\s,]", "");
    if (digits.contains("]") || digits.contains("/")) {
      List<String> rows =
          ROW_ENDS
              .splitAsStream(digits)
              .map(row -> SIGNS.matcher(row).replaceAll(""))
              .filter(row -> !row.isEmpty())
              .toList();
      int vertices = rows.size();
      if (rows.stream().anyMatch(row -> row.length() != vertices)) {
        throw new InvalidInput(
            "the matrix has %d rows, but not all have so many entries: \"%s\""
                .formatted(vertices, matrix));
      }
      return PublishedRecord.rows(String.join("", rows));
    }
    return PublishedRecord.rows(digits);
  }

  private static List<String> operations(String operations) {
    List<String> names = new ArrayList<>();
    for (String name : BETWEEN.split(SIGNS.matcher(operations).replaceAll(" ").strip(), -1)) {
      names.add(
          name.matches("-?\\d{1,3}")
              ? PublishedOperation.name(Long.parseLong(name), names.size())
              : name);
    }
    return names;
  }

  private static long whole(String text, String what) {
    try {
      return number(text, what).longValueExact();
    } catch (ArithmeticException e) {
      throw new InvalidInput("%s must be whole, but is %s".formatted(what, text), e);
    }
  }

  private static BigDecimal number(String text, String what) {
    try {
      BigDecimal number = new BigDecimal(text);
      if (Math.abs((long) number.scale()) > 400 || number.precision() > 400) {
        throw new NumberFormatException(text);
      }
      return number;
    } catch (NumberFormatException e) {
      throw new InvalidInput("%s: \"%s\" is not a number".formatted(what, text), e);
    }
  }

  private void remark() {
    if (places > 0) {
      remarks.add(
          "%s: accuracies were understood as percent (from %s to %s), and are stored as ratios"
              .formatted(source.name(), (float) smallest, (float) largest));
    }
    if (lacksEpochs) {
      remarks.add(
          "%s: there is no column epochs: understood as trainings of %d epochs, the benchmark's"
              .formatted(source.name(), TrainingQuery.PUBLISHED_EPOCHS));
    }
    if (numberedOn > 0) {
      remarks.add(
          "%s: %,d row%s the number of another training of the same cell: counted as further trainings"
              .formatted(source.name(), numberedOn, numberedOn == 1 ? " has" : "s have"));
    }
    if (repeated > 0) {
      remarks.add(
          "%s: %,d row%s word for word that of another training: counted once"
              .formatted(source.name(), repeated, repeated == 1 ? " is" : "s are"));
    }
    if (alike > 0) {
      remarks.add(
          ("%s: %,d row%s all numbers of another training of the same cell, and "
                  + "no number that tells which they are: counted as further trainings")
              .formatted(source.name(), alike, alike == 1 ? " has" : "s have"));
    }
    if (labels.size() > 1) {
      remarks.add(
          "%s: trainings are numbered %s: the first is %s"
              .formatted(
                  source.name(),
                  labels.stream()
                          .limit(5)
                          .map(BigDecimal::toPlainString)
                          .collect(Collectors.joining(", "))
                      + (labels.size() > 5 ? ", ..." : ""),
                  labels.first().toPlainString()));
    }
    List<String> others = FlatNames.others(source.names());
    if (!others.isEmpty()) {
      remarks.add("%s: left out: %s".formatted(source.name(), String.join(", ", others)));
    }
  }
}
