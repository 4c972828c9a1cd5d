package dev.espalier.search.trainings.files;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.ContentKind;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Reasons;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.trainings.TrainingTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Tables of all trainings in files: what a file is, is told by its content. */
public final class TrainingFiles {
  private TrainingFiles() {}

  /**
   * Reads a table that a person has: the benchmark's records (TFRecord), the published HDF5 layout,
   * CSV, JSON or Arrow.
   *
   * @param remarks are told what was understood, and what was left out
   * @param progress is told how far it is
   * @throws InvalidInput with all problems, by record or row; nothing is taken of such a file
   */
  public static TrainingTable read(
      MatrixSpace space, Path file, Remarks remarks, Consumer<String> progress) {
    Input input = Input.of(file);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInput(
          "%s: is no file (a pipe?), and must be read more than once: write it to a file first"
              .formatted(file));
    }
    ContentKind kind = input.kind();
    return switch (kind) {
      case TFRECORD -> TfRecordTable.read(space, input, remarks, progress);
      case HDF5 -> hdf5(space, input, file, remarks);
      case ARROW -> ArrowTable.imported(space, input, remarks);
      case TEXT ->
          FlatTable.read(space, isJson(input) ? new JsonRows(input) : new CsvRows(input), remarks);
      default ->
          throw new InvalidInput(
              "%s: is %s: expected is the official TFRecord, the published HDF5, CSV, JSON or Arrow%s"
                  .formatted(
                      input.name(),
                      kind.words(),
                      kind == ContentKind.BINARY
                          ? ". A TFRecord begins with a length and the CRC of it, which these bytes do not: damaged?"
                          : ""));
    };
  }

  private static TrainingTable hdf5(MatrixSpace space, Input input, Path file, Remarks remarks) {
    try (InputStream in = Files.newInputStream(file)) {
      if (ContentKind.of(in.readNBytes(ContentKind.FIRST_BYTES)) != ContentKind.HDF5) {
        throw new InvalidInput(
            "%s: is %s: unpack it first, since HDF5 is not read from its beginning to its end"
                .formatted(input.name(), input.words()));
      }
    } catch (IOException e) {
      throw new InvalidInput("%s: %s".formatted(input.name(), Reasons.of(e)), e);
    }
    return Hdf5Table.read(space, input.name(), file, remarks);
  }

  private static boolean isJson(Input input) {
    try (InputStream in = input.open()) {
      String start =
          new String(in.readNBytes(ContentKind.FIRST_BYTES), StandardCharsets.UTF_8)
              .replaceAll("[\\s\\x00\\uFEFF\\uFFFD]", "");
      return start.startsWith("{") || start.startsWith("[");
    } catch (IOException e) {
      throw new InvalidInput("%s: %s".formatted(input.name(), Reasons.of(e)), e);
    }
  }

  /**
   * Reads a table that was written as {@link TrainingFormat#ARROW}, without checking cells again.
   *
   * @throws InvalidInput if it is damaged
   */
  public static TrainingTable stored(String name, InputStream arrow) {
    return ArrowTable.stored(name, arrow);
  }

  /**
   * Writes a table.
   *
   * @throws InvalidInput if the format cannot hold it
   */
  public static void write(
      MatrixSpace space, TrainingTable table, TrainingFormat format, OutputStream out)
      throws IOException {
    switch (format) {
      case HDF5 -> Hdf5Writer.write(space, table, out);
      case ARROW -> ArrowWriter.write(table, out);
      case TFRECORD -> TfRecordWriter.write(space, table, out);
      case CSV -> CsvWriter.write(table, out);
    }
  }
}
