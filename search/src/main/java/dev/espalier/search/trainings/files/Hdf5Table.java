package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Reasons;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.CellMatrix;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.Moment;
import dev.espalier.search.trainings.TrainingTable;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * NAS-Bench-101 as the Neural Predictor's reproduction published it: data sets of N rows, {@code
 * hash} (32 characters), {@code num_vertices}, {@code trainable_parameters}, {@code adjacency
 * [N,7,7]}, {@code operations [N,7]} and {@code metrics [N,4,3,2,4]} by epochs, training, moment
 * and metric.
 */
final class Hdf5Table {
  static final List<Integer> EPOCHS = List.of(4, 12, 36, 108);
  static final int VERTICES = 7;
  static final int TRAININGS = 3;

  /** In the place of a number of parameters. */
  static final int UNKNOWN = -1;

  private static final int SHOWN = 20;
  private static final int MOMENTS = Moment.values().length;
  private static final int METRICS = Metric.values().length;

  private Hdf5Table() {}

  static TrainingTable read(MatrixSpace space, String name, Path file, Remarks remarks) {
    try {
      Hdf5Extent.check(name, file);
      return content(space, name, file, remarks);
    } catch (IOException e) {
      throw new InvalidInput("%s: %s".formatted(name, Reasons.of(e)), e);
    }
  }

  private static TrainingTable content(MatrixSpace space, String name, Path path, Remarks remarks)
      throws IOException {
    String[] hashes;
    int[] vertices;
    int[] parameters;
    int[] adjacency;
    int[] operations;
    float[] metrics;
    List<Integer> epochs;
    int trainings;
    try (HdfFile file = new HdfFile(path)) {
      Hdf5Numbers numbers = new Hdf5Numbers(name, file);
      numbers.requireAll(
          List.of(
              "hash",
              "num_vertices",
              "trainable_parameters",
              "adjacency",
              "operations",
              "metrics"));
      int rows = numbers.shape("hash").length == 0 ? 0 : numbers.shape("hash")[0];
      int[] shape = numbers.shape("metrics");
      epochs = shape.length > 1 && shape[1] == 1 ? List.of(EPOCHS.getLast()) : EPOCHS;
      trainings = shape.length > 2 && shape[2] < TRAININGS ? Math.max(1, shape[2]) : TRAININGS;
      if (rows == 0) {
        throw new InvalidInput(name + ": there is no training of a cell in it");
      }
      numbers.requireShape("hash", rows);
      numbers.requireShape("num_vertices", rows);
      numbers.requireShape("trainable_parameters", rows);
      numbers.requireShape("adjacency", rows, VERTICES, VERTICES);
      numbers.requireShape("operations", rows, VERTICES);
      numbers.requireShape("metrics", rows, epochs.size(), trainings, MOMENTS, METRICS);
      hashes = numbers.texts("hash");
      vertices = numbers.whole("num_vertices");
      parameters = numbers.whole("trainable_parameters");
      adjacency = numbers.whole("adjacency");
      operations = numbers.whole("operations");
      metrics = numbers.real("metrics");
    } catch (InvalidInput e) {
      throw e;
    } catch (RuntimeException e) { // whatever a damaged file makes the library trip over
      throw new InvalidInput(
          "%s: is damaged, or written in a way that is not read here (%s): get it again"
              .formatted(name, e.getMessage()),
          e);
    }
    TrainingCollector collector = new TrainingCollector(space, TRAININGS);
    List<String> problems = new ArrayList<>();
    Run run = new Run();
    for (int i = 0; i < hashes.length && problems.size() <= SHOWN; i++) {
      try {
        CellMatrix matrix = matrix(i, vertices[i], adjacency, operations);
        int before = collector.cells();
        int row = collector.row(matrix, hashes[i]);
        if (collector.cells() == before) {
          throw new InvalidInput("the cell is that of row %d once more".formatted(row));
        }
        if (parameters[i] != UNKNOWN) {
          collector.parameters(row, parameters[i]);
        }
        int place = i * epochs.size() * trainings * Run.VALUES;
        for (int budget : epochs) {
          for (int training = 0; training < trainings; training++) {
            place = fill(run, metrics, place);
            collector.add(row, budget, training, run);
          }
        }
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

  /** What is not a number is unknown. */
  private static int fill(Run run, float[] metrics, int from) {
    run.clear();
    int place = from;
    for (Moment moment : Moment.values()) {
      for (Metric metric : Metric.values()) {
        if (!Float.isNaN(metrics[place])) {
          run.set(moment, metric, metrics[place]);
        }
        place++;
      }
    }
    return place;
  }

  private static CellMatrix matrix(int row, int vertices, int[] adjacency, int[] operations) {
    if (vertices < 2 || vertices > VERTICES) {
      throw new InvalidInput(
          "num_vertices is %d, but a cell has 2 to %d".formatted(vertices, VERTICES));
    }
    List<String> rows = new ArrayList<>(vertices);
    List<String> names = new ArrayList<>(vertices);
    for (int source = 0; source < VERTICES; source++) {
      StringBuilder digits = new StringBuilder(vertices);
      for (int target = 0; target < VERTICES; target++) {
        int edge = adjacency[(row * VERTICES + source) * VERTICES + target];
        if (edge < 0 || edge > 1 || (edge == 1 && Math.max(source, target) >= vertices)) {
          throw new InvalidInput(
              "row %d, column %d of the matrix is %d, but %s"
                  .formatted(
                      source,
                      target,
                      edge,
                      edge == 1
                          ? "the cell has only %d vertices".formatted(vertices)
                          : "0 or 1 is expected"));
        }
        if (target < vertices) {
          digits.append(edge);
        }
      }
      if (source < vertices) {
        rows.add(digits.toString());
        names.add(PublishedOperation.name(operations[row * VERTICES + source], source));
      }
    }
    return new CellMatrix(rows, names);
  }
}
