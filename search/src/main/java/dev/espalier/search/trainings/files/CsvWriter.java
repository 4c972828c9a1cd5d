package dev.espalier.search.trainings.files;

import dev.espalier.search.trainings.Metric;
import dev.espalier.search.trainings.Moment;
import dev.espalier.search.trainings.TrainingQuery;
import dev.espalier.search.trainings.TrainingTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a table as CSV, a row for each training of which something is known. */
final class CsvWriter {
  private CsvWriter() {}

  static void write(TrainingTable table, OutputStream out) throws IOException {
    List<String> header =
        new ArrayList<>(List.of("architecture", "parameters", "epochs", "training"));
    for (Moment moment : Moment.values()) {
      for (Metric metric : Metric.values()) {
        header.add(moment.label() + "_" + metric.label());
      }
    }
    out.write((String.join(",", header) + "\n").getBytes(StandardCharsets.UTF_8));
    StringBuilder line = new StringBuilder();
    for (int row = 0; row < table.size(); row++) {
      for (int epochs : table.epochs()) {
        for (int training = 0; training < table.trainings(); training++) {
          line.setLength(0);
          if (measured(table, row, epochs, training, line)) {
            String parameters =
                table.parameters(row).isPresent()
                    ? String.valueOf(table.parameters(row).getAsInt())
                    : "";
            out.write(
                "%s,%s,%d,%d%s\n"
                    .formatted(table.architecture(row), parameters, epochs, training, line)
                    .getBytes(StandardCharsets.UTF_8));
          }
        }
      }
    }
  }

  /** Whether anything is known. */
  private static boolean measured(
      TrainingTable table, int row, int epochs, int training, StringBuilder line) {
    boolean isKnown = false;
    for (Moment moment : Moment.values()) {
      for (Metric metric : Metric.values()) {
        float value = table.value(row, training, new TrainingQuery(epochs, moment, metric));
        line.append(',').append(Float.isNaN(value) ? "" : Float.toString(value));
        isKnown |= !Float.isNaN(value);
      }
    }
    return isKnown;
  }
}
