package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Reasons;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.Moment;
import dev.espalier.search.trainings.TrainingTable;
import dev.espalier.search.trainings.files.ArrowColumns.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A table of trainings in an Arrow file: as it is stored here, or as a person gives it. */
final class ArrowTable {
  private static final int MOST_TRAININGS = 100;
  private static final int SHOWN = 20;

  private ArrowTable() {}

  /**
   * A table that was stored: nothing of it is checked again.
   *
   * @throws InvalidInput if it is damaged
   */
  static TrainingTable stored(String name, InputStream in) {
    ArrowReader arrow = ArrowReader.read(name, in);
    Map<Measured, FloatRows> columns = columns(arrow);
    List<Integer> epochs = epochs(columns);
    int trainings = trainings(columns);
    if (columns.isEmpty()) {
      throw new InvalidInput(name + ": there is no training in it");
    }
    float[][] values =
        ArrowColumns.of(epochs, trainings).stream()
            .map(column -> columns.getOrDefault(column, new FloatRows()).first(arrow.rows()))
            .toArray(float[][]::new);
    return TrainingTable.ofColumns(
        arrow.metadata().getOrDefault(ArrowColumns.SPACE, ""),
        epochs,
        trainings,
        arrow.architectures(),
        arrow.parameters(),
        values);
  }

  private static Map<Measured, FloatRows> columns(ArrowReader arrow) {
    Map<Measured, FloatRows> columns = new HashMap<>();
    arrow
        .numbers()
        .forEach((column, values) -> columns.put(ArrowColumns.parse(column).orElseThrow(), values));
    return columns;
  }

  private static List<Integer> epochs(Map<Measured, FloatRows> columns) {
    TreeSet<Integer> epochs = new TreeSet<>();
    columns.keySet().forEach(column -> epochs.add(column.query().epochs()));
    return List.copyOf(epochs);
  }

  private static int trainings(Map<Measured, FloatRows> columns) {
    return 1 + columns.keySet().stream().mapToInt(Measured::training).max().orElse(0);
  }

  /** A table that a person has: every cell and number is checked. */
  static TrainingTable imported(MatrixSpace space, Input input, Remarks remarks) {
    ArrowReader arrow;
    try (InputStream in = input.open()) {
      arrow = ArrowReader.read(input.name(), in);
    } catch (IOException e) {
      throw new InvalidInput("%s: %s".formatted(input.name(), Reasons.of(e)), e);
    }
    String of = arrow.metadata().getOrDefault(ArrowColumns.SPACE, space.name());
    if (!of.equals(space.name())) {
      throw new InvalidInput(
          "%s: is a table of the space %s, not of %s".formatted(input.name(), of, space.name()));
    }
    TrainingTable table = new Rows(space, input.name(), arrow).table(remarks);
    if (!arrow.passedOver().isEmpty()) {
      remarks.add(
          "%s: columns left out: %s"
              .formatted(input.name(), String.join(", ", arrow.passedOver())));
    }
    return table;
  }

  /** One row after another, as other layouts have them. */
  private static final class Rows {
    private final String name;
    private final ArrowReader arrow;
    private final List<Budget> budgets = new ArrayList<>();
    private final TrainingCollector collector;
    private final Run run = new Run();

    /**
     * The columns of one training, in the order of its numbers; those that are not there are empty.
     */
    private record Budget(int epochs, int training, List<FloatRows> values) {}

    Rows(MatrixSpace space, String name, ArrowReader arrow) {
      this.name = name;
      this.arrow = arrow;
      this.collector = new TrainingCollector(space, MOST_TRAININGS);
      Map<Measured, FloatRows> columns = columns(arrow);
      for (int epochs : epochs(columns)) {
        for (int training = 0; training < trainings(columns); training++) {
          int number = training;
          List<FloatRows> values =
              ArrowColumns.of(List.of(epochs), training + 1).stream()
                  .filter(column -> column.training() == number)
                  .map(column -> columns.getOrDefault(column, new FloatRows()))
                  .toList();
          budgets.add(new Budget(epochs, training, values));
        }
      }
    }

    TrainingTable table(Remarks remarks) {
      List<String> problems = new ArrayList<>();
      int[] parameters = arrow.parameters();
      for (int i = 0; i < arrow.rows() && problems.size() <= SHOWN; i++) {
        try {
          add(i, parameters[i]);
        } catch (InvalidInput e) {
          problems.add(
              problems.size() == SHOWN
                  ? name + ": the rows behind were not looked at"
                  : "%s: row %,d (counted from 0): %s".formatted(name, i, e.getMessage()));
        }
      }
      if (!problems.isEmpty()) {
        throw new InvalidInput(problems);
      }
      return collector.table(name, remarks);
    }

    private void add(int place, int parameters) {
      int before = collector.cells();
      int row = collector.row(arrow.architectures().get(place), null);
      if (collector.cells() == before) {
        throw new InvalidInput("the cell is that of row %d once more".formatted(row));
      }
      if (parameters >= 0) {
        collector.parameters(row, parameters);
      }
      for (Budget budget : budgets) {
        fill(place, budget.values());
        if (!run.isEmpty()) {
          collector.add(row, budget.epochs(), budget.training(), run);
        }
      }
    }

    private void fill(int place, List<FloatRows> values) {
      run.clear();
      int number = 0;
      for (Moment moment : Moment.values()) {
        for (Metric metric : Metric.values()) {
          float value = values.get(number++).get(place);
          if (!Float.isNaN(value)) {
            run.set(moment, metric, value);
          }
        }
      }
    }
  }
}
