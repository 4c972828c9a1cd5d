package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.CellMatrix;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.trainings.TrainingTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts a table together from cells and trainings as they come: each cell is checked once, against
 * its space and its hash, and has the row in which it came first.
 */
final class TrainingCollector {
  private final MatrixSpace space;
  private final int mostTrainings;
  private final Map<String, Integer> byHash = new HashMap<>();
  private final Map<String, Integer> byArchitecture = new HashMap<>();
  private final List<String> architectures = new ArrayList<>();
  private final TreeMap<Integer, List<FloatRows[]>> budgets = new TreeMap<>();
  private long[] spellings = new long[1024];
  private int[] parameters = new int[1024];
  private @Nullable Architecture newest;
  private int reordered;
  private int otherParameters;

  /**
   * @param mostTrainings that a cell can have for one budget
   */
  TrainingCollector(MatrixSpace space, int mostTrainings) {
    this.space = space;
    this.mostTrainings = mostTrainings;
  }

  /**
   * The row of a cell.
   *
   * @param hash as published; null where the file has none
   * @throws InvalidInput if it is none of the space, or the hash belongs to another
   */
  int row(CellMatrix matrix, @Nullable String hash) {
    long spelling = (long) matrix.rows().hashCode() << 32 ^ matrix.operations().hashCode();
    Integer known = hash == null ? null : byHash.get(hash);
    if (known != null && spellings[known] == spelling) {
      return known; // what follows was done when it came first
    }
    Architecture architecture = space.ofMatrix(matrix);
    List<Integer> pathless = matrix.pathless();
    if (!pathless.isEmpty()) {
      throw new InvalidInput(
          ("vertex %s of the matrix %s on no path from the input to the output: "
                  + "the benchmark's cells have no such vertex")
              .formatted(
                  pathless.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  pathless.size() == 1 ? "lies" : "lie"));
    }
    checkHash(architecture, hash);
    boolean isNew = !byArchitecture.containsKey(architecture.canonical());
    int row = row(architecture);
    if (isNew && !space.matrix(architecture).equals(matrix)) {
      reordered++;
    }
    if (hash != null) {
      byHash.put(hash, row);
      spellings[row] = spelling;
    }
    return row;
  }

  /**
   * The row of a cell in whatever spelling.
   *
   * @throws InvalidInput if it is none of the space, or the hash belongs to another
   */
  int row(String text, @Nullable String hash) {
    Integer known = byArchitecture.get(text);
    if (known != null && hash == null) {
      return known;
    }
    Architecture architecture = space.parse(text);
    checkHash(architecture, hash);
    return row(architecture);
  }

  private void checkHash(Architecture architecture, @Nullable String hash) {
    if (hash != null && !hash.toLowerCase(Locale.ROOT).equals(space.hash(architecture))) {
      throw new InvalidInput(
          "the hash is %s, but that of the cell beside it is %s: the table is of another space, or damaged"
              .formatted(hash, space.hash(architecture)));
    }
  }

  private int row(Architecture architecture) {
    String canonical = architecture.canonical();
    Integer known = byArchitecture.get(canonical);
    if (known != null) {
      return known;
    }
    int row = architectures.size();
    if (row == parameters.length) {
      int more = row + (row >> 1);
      parameters = Arrays.copyOf(parameters, more);
      spellings = Arrays.copyOf(spellings, more);
    }
    parameters[row] = -1;
    byArchitecture.put(canonical, row);
    architectures.add(canonical);
    newest = architecture;
    return row;
  }

  /** How many cells came. */
  int cells() {
    return architectures.size();
  }

  /** The canonical string of a row. */
  String architecture(int row) {
    return architectures.get(row);
  }

  /**
   * How many weights the published network of a cell has.
   *
   * @throws InvalidInput if it had another number before
   */
  void parameters(int row, long count) {
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw new InvalidInput(
          "the number of trainable parameters must be between 0 and %d, but is %d"
              .formatted(Integer.MAX_VALUE, count));
    }
    if (parameters[row] < 0) {
      boolean isNewest = row == architectures.size() - 1 && newest != null;
      Architecture architecture =
          isNewest ? Objects.requireNonNull(newest) : space.parse(architectures.get(row));
      otherParameters += space.standardCost(architecture).parameters() == count ? 0 : 1;
    } else if (parameters[row] != count) {
      throw new InvalidInput(
          "the cell has %d trainable parameters here, and had %d before: one of them is damaged"
              .formatted(count, parameters[row]));
    }
    parameters[row] = (int) count;
  }

  /**
   * Whether this training of a cell is known already.
   *
   * @param training from 0
   */
  boolean has(int row, int epochs, int training) {
    List<FloatRows[]> trainings = budgets.getOrDefault(epochs, List.of());
    return training < trainings.size()
        && Arrays.stream(trainings.get(training)).anyMatch(each -> !Float.isNaN(each.get(row)));
  }

  /** Whether a training that is known has these numbers. */
  boolean isSame(int row, int epochs, int training, Run run) {
    FloatRows[] columns = budgets.getOrDefault(epochs, List.of()).get(training);
    for (int i = 0; i < columns.length; i++) {
      if (Float.compare(columns[i].get(row), run.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  /** How many trainings of a cell are known before the first that is not. */
  int next(int row, int epochs) {
    int training = 0;
    while (has(row, epochs, training)) {
      training++;
    }
    return training;
  }

  /**
   * Keeps a training.
   *
   * @param training from 0
   * @throws InvalidInput if there cannot be so many
   */
  void add(int row, int epochs, int training, Run run) {
    if (training >= mostTrainings) {
      throw new InvalidInput(
          "a training of %d epochs more than the %d that a cell can have: is the file there twice in one?"
              .formatted(epochs, mostTrainings));
    }
    List<FloatRows[]> trainings = budgets.computeIfAbsent(epochs, _ -> new ArrayList<>());
    while (trainings.size() <= training) {
      FloatRows[] columns = new FloatRows[Run.VALUES];
      Arrays.setAll(columns, _ -> new FloatRows());
      trainings.add(columns);
    }
    FloatRows[] columns = trainings.get(training);
    for (int i = 0; i < columns.length; i++) {
      columns[i].set(row, run.get(i));
    }
  }

  /**
   * All of it.
   *
   * @param name for messages
   * @throws InvalidInput if there is nothing
   */
  TrainingTable table(String name, Remarks remarks) {
    int rows = architectures.size();
    if (rows == 0 || budgets.isEmpty()) {
      throw new InvalidInput(name + ": there is no training of a cell in it");
    }
    int trainings = budgets.values().stream().mapToInt(List::size).max().orElse(0);
    float[][] columns = new float[budgets.size() * trainings * Run.VALUES][];
    int place = 0;
    for (List<FloatRows[]> budget : budgets.values()) {
      for (int training = 0; training < trainings; training++) {
        for (int i = 0; i < Run.VALUES; i++) {
          columns[place++] =
              (training < budget.size() ? budget.get(training)[i] : new FloatRows()).first(rows);
        }
      }
    }
    remark(name, remarks, trainings);
    return TrainingTable.ofColumns(
        space.name(),
        List.copyOf(budgets.keySet()),
        trainings,
        architectures,
        Arrays.copyOf(parameters, rows),
        columns);
  }

  private void remark(String name, Remarks remarks, int trainings) {
    remarks.add(
        "%s: understood as %,d of the %,d cells of %s, trained %s, %s"
            .formatted(
                name,
                cells(),
                space.size(),
                space.name(),
                budgets.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "))
                    + (budgets.lastKey() == 1 ? " epoch" : " epochs"),
                trainings == 1 ? "once" : "up to %d times".formatted(trainings)));
    for (int epochs : budgets.keySet()) {
      int less = 0;
      for (int row = 0; row < cells(); row++) {
        less += next(row, epochs) < trainings ? 1 : 0;
      }
      if (less > 0) {
        remarks.add(
            "%s: %,d cell%s fewer than %d trainings of %d epochs"
                .formatted(name, less, less == 1 ? " has" : "s have", trainings, epochs));
      }
    }
    if (reordered > 0) {
      remarks.add(
          "%s: %,d cell%s another order of vertices than the space's, which is stored"
              .formatted(name, reordered, reordered == 1 ? " has" : "s have"));
    }
    if (otherParameters > 0) {
      remarks.add(
          "%s: %,d cell%s another number of parameters than the published network's: kept as given"
              .formatted(name, otherParameters, otherParameters == 1 ? " has" : "s have"));
    }
  }
}
