package dev.espalier.search.trainings.files;

import dev.espalier.search.SharedData;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.trainings.TrainingTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads and writes tables of NAS-Bench-101, and keeps what was remarked. */
final class Importer {
  static final MatrixSpace SPACE = (MatrixSpace) SearchSpaces.named("nas-bench-101");

  static final Path MINI = SharedData.file("golden/neuralpredictor/mini_table.hdf5");

  /**
   * The rows 0, 1, 3, 5, 7, 15 and 16 of the mini table as records: written by another program
   * (Python, its own CRC and protobuf), with a checkpoint's path in each.
   */
  static final Path RECORDS = SharedData.file("golden/neuralpredictor/mini_table_rows.tfrecord");

  static final int[] RECORDED = {0, 1, 3, 5, 7, 15, 16};

  private final Remarks remarks = new Remarks();

  TrainingTable read(Path file) {
    return TrainingFiles.read(SPACE, file, remarks, line -> {});
  }

  List<String> remarks() {
    return remarks.all();
  }

  static TrainingTable mini() {
    return new Importer().read(MINI);
  }

  static Path write(TrainingTable table, TrainingFormat format, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      TrainingFiles.write(SPACE, table, format, out);
    }
    return file;
  }
}
