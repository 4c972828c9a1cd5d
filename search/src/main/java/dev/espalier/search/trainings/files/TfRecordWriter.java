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
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes a table as the benchmark's own records, a cell after another, of each all trainings. */
final class TfRecordWriter {
  private static final int EVALUATION = 5 * (1 + Double.BYTES);
  private static final int MOST_MESSAGE = 3 * (2 + EVALUATION) + 1 + 10 + 1 + Double.BYTES;

  private final TrainingTable table;
  private final OutputStream out;
  private final ByteBuffer message =
      ByteBuffer.allocate(MOST_MESSAGE).order(ByteOrder.LITTLE_ENDIAN);

  private TfRecordWriter(TrainingTable table, OutputStream out) {
    this.table = table;
    this.out = out;
  }

  static void write(MatrixSpace space, TrainingTable table, OutputStream out) throws IOException {
    TfRecordWriter writer = new TfRecordWriter(table, out);
    for (int row = 0; row < table.size(); row++) {
      Architecture architecture = space.parse(table.architecture(row));
      writer.write(row, space.matrix(architecture), space.hash(architecture));
    }
  }

  private void write(int row, CellMatrix matrix, String hash) throws IOException {
    for (int epochs : table.epochs()) {
      for (int training = 0; training < table.trainings(); training++) {
        if (known(row, training, epochs) == 0) {
          continue;
        }
        requireAll(row, training, epochs);
        message.clear();
        evaluation(0, row, training, epochs, null);
        evaluation(epochs / 2.0, row, training, epochs, Moment.HALFWAY);
        evaluation(epochs, row, training, epochs, Moment.FINAL);
        message.put((byte) (2 << 3));
        varint(table.parameters(row).orElseThrow());
        message.put((byte) (3 << 3 | 1));
        message.putDouble(value(row, training, epochs, Moment.FINAL, Metric.SECONDS));
        byte[] bytes = new byte[message.flip().remaining()];
        message.get(bytes);
        TfRecords.write(
            "[\"%s\", %d, \"%s\", \"%s\", \"%s\"]"
                .formatted(
                    hash,
                    epochs,
                    String.join("", matrix.rows()),
                    String.join(",", matrix.operations()),
                    Base64.getEncoder().encodeToString(bytes))
                .getBytes(StandardCharsets.US_ASCII),
            out);
      }
    }
  }

  private int known(int row, int training, int epochs) {
    int known = 0;
    for (Moment moment : Moment.values()) {
      for (Metric metric : Metric.values()) {
        known += Double.isNaN(value(row, training, epochs, moment, metric)) ? 0 : 1;
      }
    }
    return known;
  }

  private void requireAll(int row, int training, int epochs) {
    if (known(row, training, epochs) < Run.VALUES || table.parameters(row).isEmpty()) {
      throw new InvalidInput(
          ("the benchmark's records have all accuracies, times and parameters of "
                  + "a training, but of %s (%d epochs) some are unknown: write it as arrow or csv")
              .formatted(table.architecture(row), epochs));
    }
  }

  private double value(int row, int training, int epochs, Moment moment, Metric metric) {
    return table.value(row, training, new TrainingQuery(epochs, moment, metric));
  }

  /** Before the training it has cost nothing and guesses one of ten classes. */
  private void evaluation(
      double epoch, int row, int training, int epochs, @Nullable Moment moment) {
    message.put((byte) (1 << 3 | 2)).put((byte) EVALUATION);
    put(1, epoch);
    for (Metric metric : Metric.values()) {
      double start = metric.isAccuracy() ? 0.1 : 0;
      double value = moment == null ? start : value(row, training, epochs, moment, metric);
      put(metric.place() + 2, value);
    }
  }

  private void put(int field, double value) {
    message.put((byte) (field << 3 | 1)).putDouble(value);
  }

  private void varint(int number) {
    int rest = number;
    while (rest > 0x7f) {
      message.put((byte) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    message.put((byte) rest);
  }
}
