package dev.espalier.search.trainings;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.search.table.ArchitectureTable.Accuracy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All trainings of the architectures of a space: so many for each budget of epochs, each measured
 * halfway and at its end. Rows have the order of the file they came from, on which published splits
 * depend.
 */
public final class TrainingTable {
  private static final int MOMENTS = Moment.values().length;
  private static final int METRICS = Metric.values().length;

  private final String space;
  private final int[] epochs;
  private final int trainings;
  private final List<String> architectures;
  private final int[] parameters;

  /** {@code [budget][training][moment][metric]}, each by row; NaN where unknown. */
  private final float[][] columns;

  private volatile @Nullable Map<String, Integer> rows;

  private TrainingTable(
      String space,
      List<Integer> epochs,
      int trainings,
      List<String> architectures,
      int[] parameters,
      float[][] columns) {
    this.space = space;
    this.epochs = epochs.stream().mapToInt(Integer::intValue).toArray();
    this.trainings = trainings;
    this.architectures = List.copyOf(architectures);
    this.parameters = parameters;
    this.columns = columns;
  }

  /**
   * A table of these columns, which are kept.
   *
   * @param space the name of the space
   * @param epochs the budgets, ascending
   * @param trainings of a budget
   * @param architectures canonical strings, all different
   * @param parameters of the published network, by row; -1 where unknown
   * @param columns {@code [budget][training][moment][metric]}, each by row; NaN where unknown
   */
  public static TrainingTable ofColumns(
      String space,
      List<Integer> epochs,
      int trainings,
      List<String> architectures,
      int[] parameters,
      float[][] columns) {
    int rows = architectures.size();
    if (columns.length != epochs.size() * trainings * MOMENTS * METRICS
        || parameters.length != rows
        || Arrays.stream(columns).anyMatch(column -> column.length != rows)) {
      throw new IllegalArgumentException(
          "%d rows of %d trainings of each of %s epochs do not fit %d columns and %d parameters"
              .formatted(rows, trainings, epochs, columns.length, parameters.length));
    }
    return new TrainingTable(space, epochs, trainings, architectures, parameters, columns);
  }

  /**
   * A table of these numbers, row by row, as the published file has them.
   *
   * @param values {@code [row][budget][training][moment][metric]}; NaN where unknown
   */
  public static TrainingTable ofRows(
      String space,
      List<Integer> epochs,
      int trainings,
      List<String> architectures,
      int[] parameters,
      float[] values) {
    int width = epochs.size() * trainings * MOMENTS * METRICS;
    if (values.length != (long) width * architectures.size()) {
      throw new IllegalArgumentException(
          "%d rows of %d values each expected, but %d values given"
              .formatted(architectures.size(), width, values.length));
    }
    float[][] columns = new float[width][architectures.size()];
    for (int row = 0; row < architectures.size(); row++) {
      for (int column = 0; column < width; column++) {
        columns[column][row] = values[row * width + column];
      }
    }
    return ofColumns(space, epochs, trainings, architectures, parameters, columns);
  }

  /** The name of the space. */
  public String space() {
    return space;
  }

  /** The budgets, ascending. */
  public List<Integer> epochs() {
    return Arrays.stream(epochs).boxed().toList();
  }

  /** The longest trainings that there are. */
  public int longest() {
    return epochs[epochs.length - 1];
  }

  /** How many trainings a cell has at most, for each budget. */
  public int trainings() {
    return trainings;
  }

  /** The number of architectures. */
  public int size() {
    return architectures.size();
  }

  /** Canonical strings, by row. */
  public List<String> architectures() {
    return architectures;
  }

  /** The canonical string of a row. */
  public String architecture(int row) {
    return architectures.get(row);
  }

  /** The row of a canonical string, if it is there. */
  public OptionalInt row(String architecture) {
    Integer row = rows().get(architecture);
    return row == null ? OptionalInt.empty() : OptionalInt.of(row);
  }

  private Map<String, Integer> rows() {
    Map<String, Integer> known = rows;
    if (known == null) {
      known = HashMap.newHashMap(size());
      for (int row = 0; row < size(); row++) {
        known.put(architectures.get(row), row);
      }
      rows = known;
    }
    return known;
  }

  /** Of the published network, if they are known. */
  public OptionalInt parameters(int row) {
    return parameters[row] < 0 ? OptionalInt.empty() : OptionalInt.of(parameters[row]);
  }

  /**
   * What was measured.
   *
   * @return NaN where it is unknown
   * @throws InvalidInput if there are no trainings of so many epochs
   */
  public float value(int row, int training, TrainingQuery query) {
    return column(training, query)[row];
  }

  /**
   * What was measured, by row; not to be changed.
   *
   * @throws InvalidInput if there are no trainings of so many epochs
   */
  public float[] column(int training, TrainingQuery query) {
    return columns[place(query) + training * MOMENTS * METRICS];
  }

  /**
   * What a policy makes of a cell's trainings.
   *
   * @return NaN where it is unknown
   * @throws InvalidInput if there are no trainings of so many epochs
   */
  public double get(TrainingPolicy policy, int row, TrainingQuery query) {
    int place = place(query);
    float[] all = new float[trainings];
    for (int training = 0; training < trainings; training++) {
      all[training] = columns[place + training * MOMENTS * METRICS][row];
    }
    return policy.of(all, query);
  }

  /** The column of the first training. */
  private int place(TrainingQuery query) {
    int budget = Arrays.binarySearch(epochs, query.epochs());
    if (budget < 0) {
      throw new InvalidInput(
          "the table has no trainings of %d epochs, only of %s"
              .formatted(
                  query.epochs(),
                  epochs().stream().map(String::valueOf).collect(Collectors.joining(", "))));
    }
    return (budget * trainings * MOMENTS + query.moment().place()) * METRICS
        + query.metric().place();
  }

  /**
   * What a policy makes of the longest trainings, for searches that look accuracies up: cells of
   * which it knows none are not there.
   */
  public ArchitectureTable accuracies(TrainingPolicy policy) {
    SequencedMap<String, Accuracy> known = new LinkedHashMap<>();
    for (int row = 0; row < size(); row++) {
      double validation = get(policy, row, TrainingQuery.validation(longest()));
      double test = get(policy, row, TrainingQuery.test(longest()));
      if (!Double.isNaN(validation)) {
        known.put(
            architecture(row), new Accuracy(validation, Double.isNaN(test) ? null : (Double) test));
      }
    }
    return ArchitectureTable.of(known);
  }

  /** SHA-256 of what it holds: equal for equal contents in equal order, whatever file held them. */
  public String digest() {
    return TrainingDigest.of(this, parameters, columns);
  }

  /** Which rows are learned from: by the first training of the longest budget, as published. */
  public Splits splits() {
    TrainingQuery query = TrainingQuery.validation(longest());
    return new Splits(size(), row -> value(row, 0, query));
  }
}
