package dev.espalier.activities.data;

import dev.espalier.activities.data.ImportedContent.Architectures;
import dev.espalier.activities.data.ImportedContent.Cells;
import dev.espalier.activities.data.ImportedContent.FeatureRows;
import dev.espalier.activities.data.ImportedContent.Latencies;
import dev.espalier.activities.data.ImportedContent.MetaRows;
import dev.espalier.activities.data.ImportedContent.Pictures;
import dev.espalier.activities.data.ImportedContent.Trainings;
import dev.espalier.learning.data.ImageDataset;
import dev.espalier.search.failure.DiskFull;
import dev.espalier.search.space.MatrixSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.trainings.TrainingTable;
import dev.espalier.search.trainings.files.TrainingFiles;
import dev.espalier.search.trainings.files.TrainingFormat;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Recorded;
import dev.espalier.store.Store;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts data into the store: its canonical bytes as an artifact, named by their digest, then its
 * document. Images also go into the cache folder on the way.
 */
final class DatasetShelf {
  private static final long ROOM_BYTES = 32L << 20;

  private final Store store;
  private final Path cache;
  private final InstantSource clock;

  /**
   * @param cache folder for images by digest
   */
  DatasetShelf(Store store, Path cache, InstantSource clock) {
    this.store = store;
    this.cache = cache;
    this.clock = clock;
  }

  /**
   * Stores what files held.
   *
   * @param source where it came from, for people
   */
  Imported put(String name, ImportedContent content, ImportFormat format, String source)
      throws IOException {
    DatasetDocument document =
        switch (content) {
          case Pictures pictures -> images(name, pictures.dataset(), format);
          case Cells cells ->
              table(
                  name,
                  cells.digest(),
                  store
                      .artifacts()
                      .put(
                          cells.table().canonicalCsv(),
                          "table",
                          Map.of(
                              "name", name, "columns", String.join(",", cells.table().columns()))),
                  cells.table().measured(),
                  format);
          case Architectures architectures ->
              table(
                  name,
                  architectures.digest(),
                  store
                      .artifacts()
                      .put(architectures.table().canonicalCsv(), "table", Map.of("name", name)),
                  architectures.table().size(),
                  format);
          case Trainings trainings ->
              table(
                  name,
                  trainings.digest(),
                  columns(name, trainings.table()),
                  trainings.table().size(),
                  format);
          case Latencies latencies -> stored(name, latencies);
          case MetaRows rows -> stored(name, rows);
          case FeatureRows rows -> stored(name, rows);
        };
    return register(document, source);
  }

  private DatasetDocument stored(String name, Latencies latencies) {
    String kind = DatasetDocument.LATENCIES;
    String artifact =
        store
            .artifacts()
            .put(
                latencies.file().csv().getBytes(StandardCharsets.UTF_8),
                kind,
                Map.of("name", name, "space", latencies.file().space().name()));
    return new DatasetDocument(
        artifact,
        name,
        kind,
        new DatasetContents(0, 0, 0, 0, latencies.file().devices(), latencies.file().networks(), 0),
        artifact,
        ImportFormat.LATENCIES.label(),
        clock.instant());
  }

  private DatasetDocument stored(String name, MetaRows rows) throws IOException {
    try {
      return MetaDocuments.put(store, name, rows.database(), rows.file(), clock.instant());
    } finally {
      Files.deleteIfExists(rows.file());
    }
  }

  private DatasetDocument stored(String name, FeatureRows rows) throws IOException {
    try {
      return MetaDocuments.put(store, name, rows.features(), rows.file(), clock.instant());
    } finally {
      Files.deleteIfExists(rows.file());
    }
  }

  private DatasetDocument images(String name, ImageDataset dataset, ImportFormat format)
      throws IOException {
    String digest = dataset.digest();
    Path file = cache.resolve(digest);
    requireRoom(dataset);
    Path part =
        Files.createDirectories(cache).resolve("%s.%s.part".formatted(digest, UUID.randomUUID()));
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
        dataset.writeTo(out);
      }
      String artifact = store.artifacts().put(part, "dataset", Map.of("name", name));
      if (!artifact.equals(digest)) {
        throw new IOException(
            "%s was written with digest %s, expected %s: the disk is not to be trusted"
                .formatted(part, artifact, digest));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return new DatasetDocument(
        digest,
        name,
        DatasetDocument.IMAGES,
        new DatasetContents(
            dataset.shape().channels(),
            dataset.shape().height(),
            dataset.shape().width(),
            dataset.classes(),
            dataset.classNames(),
            dataset.train().count(),
            dataset.test().count()),
        digest,
        format.label(),
        clock.instant());
  }

  /** The artifact with the columns of a table. */
  private String columns(String name, TrainingTable table) throws IOException {
    Path part = Files.createDirectories(cache).resolve("%s.part".formatted(UUID.randomUUID()));
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
        TrainingFiles.write(
            (MatrixSpace) SearchSpaces.named(table.space()), table, TrainingFormat.ARROW, out);
      }
      return store.artifacts().put(part, "table", Map.of("name", name, "space", table.space()));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** It is written twice, to the cache and to the store, which leaves some free. */
  private void requireRoom(ImageDataset dataset) throws IOException {
    long images = (long) dataset.train().count() + dataset.test().count();
    long needed = 2 * images * dataset.shape().size() + ROOM_BYTES;
    Path disk = Files.createDirectories(cache);
    long free = Files.getFileStore(disk).getUsableSpace();
    if (free < needed) {
      throw new DiskFull(disk.toString(), free, needed);
    }
  }

  private DatasetDocument table(
      String name, String digest, String artifact, int rows, ImportFormat format) {
    return new DatasetDocument(
        digest,
        name,
        DatasetDocument.TABLE,
        new DatasetContents(0, 0, 0, 0, List.of(), rows, 0),
        artifact,
        format.label(),
        clock.instant());
  }

  private Imported register(DatasetDocument dataset, String source) {
    Optional<String> replaced = Optional.empty();
    if (store.datasets().put(dataset) == Recorded.DIFFERENT) {
      replaced = store.datasets().byName(dataset.name()).map(DatasetDocument::digest);
      store.datasets().forget(dataset.name());
      store.datasets().put(dataset);
    }
    return new Imported(dataset, source, replaced, List.of());
  }
}
