package dev.espalier.activities.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.trainings.TrainingTable;
import dev.espalier.search.trainings.files.TrainingFiles;
import dev.espalier.search.trainings.files.TrainingFormat;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Writes a stored table in a layout that other programs read. */
final class Exporting {
  private static final Set<String> OF_ONE_LAYOUT =
      Set.of(DatasetDocument.META_DATABASE, DatasetDocument.FEATURES, DatasetDocument.LATENCIES);

  private final Store store;
  private final DatasetDocument document;

  Exporting(Store store, DatasetDocument document) {
    this.store = store;
    this.document = document;
  }

  /**
   * Writes a file.
   *
   * @param asked the format; empty: as the file's name ends
   * @throws InvalidInput if that cannot be
   */
  void to(Path file, Optional<String> asked) throws IOException {
    if (OF_ONE_LAYOUT.contains(document.kind())) {
      canonical(file, asked);
      return;
    }
    if (!document.kind().equals(DatasetDocument.TABLE)) {
      throw new InvalidInput(
          "%s is a set of images: only tables, latencies, meta-databases and features are exported"
              .formatted(document.name()));
    }
    TrainingFormat format = format(file, asked);
    checkPlace(file);
    boolean keepsTrainings = document.format().equals(ImportFormat.NAS_BENCH_101.label());
    if (!keepsTrainings && format != TrainingFormat.CSV) {
      throw new InvalidInput(
          "%s has one accuracy a column, not all trainings: such a table is exported as csv only"
              .formatted(document.name()));
    }
    Path part = file.resolveSibling("%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
        if (keepsTrainings) {
          TrainingTable table = ArchitectureTables.read(store, document);
          TrainingFiles.write((MatrixSpace) SearchSpaces.named(table.space()), table, format, out);
        } else {
          copy(out);
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** What has one layout is written as it is kept. */
  private void canonical(Path file, Optional<String> asked) throws IOException {
    if (asked.isPresent() && !asked.get().equals(document.kind())) {
      throw new InvalidInput(
          "%s is exported as %s only, its own layout: leave --format out"
              .formatted(document.name(), document.kind()));
    }
    checkPlace(file);
    try (InputStream in = store.artifacts().open(document.artifact())) {
      DatasetCache.place(in, file);
    }
  }

  /** Such tables are kept as CSV. */
  private void copy(OutputStream out) throws IOException {
    try (InputStream in = store.artifacts().open(document.artifact())) {
      in.transferTo(out);
    }
  }

  private static TrainingFormat format(Path file, Optional<String> asked) {
    return asked
        .map(TrainingFormat::parse)
        .or(() -> TrainingFormat.ofFile(String.valueOf(file.getFileName())))
        .orElseThrow(() ->
            new InvalidInput(
                ("the name %s does not say what to write: end it with .hdf5, .arrow, "
                        + ".tfrecord or .csv, or give --format %s")
                    .formatted(file.getFileName(), String.join("|", TrainingFormat.labels()))));
  }

  private static void checkPlace(Path file) {
    if (Files.exists(file)) {
      throw new InvalidInput(
          "%s is there already: give another name, or take it away first".formatted(file));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new InvalidInput(
          "%s cannot be written: the folder %s is not there, or must not be written to"
              .formatted(file, folder));
    }
  }
}
