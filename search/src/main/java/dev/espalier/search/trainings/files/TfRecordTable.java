package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Reasons;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.trainings.TrainingTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The benchmark's own file, {@code nasbench_full.tfrecord} or {@code nasbench_only108.tfrecord}.
 */
final class TfRecordTable {
  /** Of a cell, for each number of epochs. */
  private static final int TRAININGS = 3;

  private static final int SHOWN = 20;
  private static final int STEP = 100_000;

  private TfRecordTable() {}

  static TrainingTable read(
      MatrixSpace space, Input input, Remarks remarks, Consumer<String> progress) {
    TrainingCollector collector = new TrainingCollector(space, TRAININGS);
    PublishedRecord record = new PublishedRecord(collector);
    List<String> problems = new ArrayList<>();
    try (InputStream in = input.open()) {
      TfRecords records = new TfRecords(input.name(), in);
      for (byte @Nullable [] content = records.next(); content != null; content = records.next()) {
        try {
          record.read(content);
        } catch (InvalidInput e) {
          problems.add(records.problem(e.problems().getFirst()).problems().getFirst());
          if (problems.size() == SHOWN) {
            problems.add(input.name() + ": the records behind were not looked at");
            break;
          }
        }
        if (records.number() % STEP == 0) {
          progress.accept(
              "%s: %,d records, %,d cells"
                  .formatted(input.name(), records.number(), collector.cells()));
        }
      }
    } catch (IOException e) {
      throw new InvalidInput("%s: %s".formatted(input.name(), Reasons.of(e)), e);
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
    return collector.table(input.name(), remarks);
  }
}
