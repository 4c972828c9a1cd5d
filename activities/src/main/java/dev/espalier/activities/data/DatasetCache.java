package dev.espalier.activities.data;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Data sets on this machine: a file per digest, checked whenever it is read, fetched from the store
 * where it is missing or damaged. {@link LoadedDatasets} keeps them in memory.
 */
public final class DatasetCache {
  private DatasetCache() {}

  /**
   * The image data set with this digest.
   *
   * @param cacheDir {@code <home>/cache/data}; comes into being
   * @throws InvalidInput if no such data set was imported
   * @throws dev.espalier.store.CorruptArtifact if the store's own copy is damaged
   */
  public static ImageDataset load(Store store, Path cacheDir, String digest) {
    try {
      return read(store, cacheDir, digest);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "data set %s cannot be cached in %s".formatted(digest, cacheDir), e);
    }
  }

  /** The accuracy table with this digest, straight from the store. */
  public static AccuracyTable loadTable(Store store, String digest) {
    DatasetDocument document = document(store, digest);
    if (!document.kind().equals(DatasetDocument.TABLE)) {
      throw new InvalidInput(
          "%s is a set of images, not a table of accuracies".formatted(document.name()));
    }
    try (InputStream in = store.artifacts().open(document.artifact())) {
      return AccuracyTable.readCsv(ImportFormat.NAS_BENCH_201.space(), document.name(), in);
    } catch (IOException e) {
      throw new UncheckedIOException("table %s cannot be read".formatted(document.name()), e);
    }
  }

  private static ImageDataset read(Store store, Path cacheDir, String digest) throws IOException {
    DatasetDocument document = document(store, digest);
    if (!document.kind().equals(DatasetDocument.IMAGES)) {
      throw new InvalidInput(
          "%s is %s, not a set of images".formatted(document.name(), document.words()));
    }
    Path file = cacheDir.resolve(digest);
    if (Files.exists(file)) {
      try {
        return read(file, document);
      } catch (InvalidInput damaged) {
        Files.deleteIfExists(file);
      }
    }
    fetch(store, document, file);
    return read(file, document);
  }

  private static DatasetDocument document(Store store, String digest) {
    return store
        .datasets()
        .byDigest(digest)
        .orElseThrow(() ->
            new InvalidInput(
                "no data set with digest %s is in the store: fetch or import it (espalier data --help)"
                    .formatted(digest)));
  }

  private static ImageDataset read(Path file, DatasetDocument document) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return ImageDataset.readFrom(document.name(), in, document.digest());
    }
  }

  private static void fetch(Store store, DatasetDocument document, Path file) throws IOException {
    try (InputStream in = store.artifacts().open(document.artifact())) {
      place(in, file);
    }
  }

  /** Writes a file that nobody sees before it is whole. */
  static void place(InputStream in, Path file) throws IOException {
    Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = folder.resolve("%s.%s.part".formatted(file.getFileName(), UUID.randomUUID()));
    try {
      Files.copy(in, part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
