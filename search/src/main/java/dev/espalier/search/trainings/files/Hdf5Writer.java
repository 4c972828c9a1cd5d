package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.CellMatrix;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.Moment;
import dev.espalier.search.trainings.TrainingQuery;
import dev.espalier.search.trainings.TrainingTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the published layout of {@link Hdf5Table}, row by row. Trainings that a table does not
 * have are not a number.
 */
final class Hdf5Writer {
  private static final int HASH_BYTES = 32;
  private static final int METRICS = Hdf5Table.EPOCHS.size() * Hdf5Table.TRAININGS * Run.VALUES;

  private Hdf5Writer() {}

  static void write(MatrixSpace space, TrainingTable table, OutputStream out) throws IOException {
    checkFits(table);
    int rows = table.size();
    int vertices = Hdf5Table.VERTICES;
    Hdf5Layout layout = new Hdf5Layout();
    layout.add("adjacency", Hdf5Layout.INT_8, rows, vertices, vertices);
    layout.add("hash", Hdf5Layout.text(HASH_BYTES), rows);
    layout.add(
        "metrics",
        Hdf5Layout.FLOAT_32,
        rows,
        Hdf5Table.EPOCHS.size(),
        Hdf5Table.TRAININGS,
        Moment.values().length,
        Metric.values().length);
    layout.add("num_vertices", Hdf5Layout.INT_8, rows);
    layout.add("operations", Hdf5Layout.INT_8, rows, vertices);
    layout.add("trainable_parameters", Hdf5Layout.INT_32, rows);
    out.write(layout.head());
    ByteBuffer hashes = ByteBuffer.allocate(rows * HASH_BYTES);
    ByteBuffer counts = ByteBuffer.allocate(rows);
    ByteBuffer operations = ByteBuffer.allocate(rows * vertices);
    ByteBuffer adjacency = ByteBuffer.allocate(vertices * vertices);
    for (int row = 0; row < rows; row++) {
      Architecture architecture = space.parse(table.architecture(row));
      CellMatrix matrix = space.matrix(architecture);
      hashes.put(space.hash(architecture).getBytes(StandardCharsets.US_ASCII));
      counts.put((byte) matrix.rows().size());
      put(matrix, adjacency, operations);
      out.write(adjacency.array());
      adjacency.clear();
    }
    out.write(hashes.array());
    metrics(table, out);
    out.write(counts.array());
    out.write(operations.array());
    ByteBuffer parameters =
        ByteBuffer.allocate(rows * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      parameters.putInt(table.parameters(row).orElse(Hdf5Table.UNKNOWN));
    }
    out.write(parameters.array());
  }

  private static void checkFits(TrainingTable table) {
    List<Integer> others =
        table.epochs().stream().filter(each -> !Hdf5Table.EPOCHS.contains(each)).toList();
    if (!others.isEmpty() || table.trainings() > Hdf5Table.TRAININGS) {
      throw new InvalidInput(
          ("the published HDF5 layout has %d trainings of 4, 12, 36 and 108 epochs, but the table has %d of %s: "
                  + "write it as arrow or csv")
              .formatted(Hdf5Table.TRAININGS, table.trainings(), table.epochs()));
    }
  }

  /** Padded with zeros behind the last vertex. */
  private static void put(CellMatrix matrix, ByteBuffer adjacency, ByteBuffer operations) {
    int vertices = matrix.rows().size();
    for (int source = 0; source < Hdf5Table.VERTICES; source++) {
      boolean isVertex = source < vertices;
      operations.put(
          isVertex ? PublishedOperation.code(matrix.operations().get(source)) : (byte) 0);
      for (int target = 0; target < Hdf5Table.VERTICES; target++) {
        boolean isEdge =
            isVertex && target < vertices && matrix.rows().get(source).charAt(target) == '1';
        adjacency.put((byte) (isEdge ? 1 : 0));
      }
    }
  }

  private static void metrics(TrainingTable table, OutputStream out) throws IOException {
    List<float[]> columns = new ArrayList<>();
    float[] unknown = new FloatRows().first(table.size());
    for (int epochs : Hdf5Table.EPOCHS) {
      for (int training = 0; training < Hdf5Table.TRAININGS; training++) {
        boolean isThere = table.epochs().contains(epochs) && training < table.trainings();
        for (Moment moment : Moment.values()) {
          for (Metric metric : Metric.values()) {
            columns.add(
                isThere
                    ? table.column(training, new TrainingQuery(epochs, moment, metric))
                    : unknown);
          }
        }
      }
    }
    ByteBuffer values = ByteBuffer.allocate(METRICS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < table.size(); row++) {
      for (float[] column : columns) {
        values.putFloat(column[row]);
      }
      out.write(values.array());
      values.clear();
    }
  }
}
