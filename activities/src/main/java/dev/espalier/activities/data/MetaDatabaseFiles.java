package dev.espalier.activities.data;

import dev.espalier.learning.features.FeatureFile;
import dev.espalier.learning.features.FeatureHeader;
import dev.espalier.learning.features.FeatureWriter;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.search.meta.MetaDatabaseWriter;
import dev.espalier.search.meta.MetaHeader;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Recorded;
import dev.espalier.store.Store;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The meta-databases and features in the catalogue of data, read from files of this machine that
 * the system maps: they are never whole in memory.
 */
public final class MetaDatabaseFiles {
  private static final int OF_DIGEST = 8;

  private final Store store;
  private final LoadedDatasets datasets;

  public MetaDatabaseFiles(Store store, LoadedDatasets datasets) {
    this.store = store;
    this.datasets = datasets;
  }

  /**
   * What a setting names.
   *
   * @param setting for messages, such as {@code features.name}
   * @param kind {@link DatasetDocument#META_DATABASE} or {@link DatasetDocument#FEATURES}
   * @throws InvalidInput if there is nothing of that name, or something else
   */
  public DatasetDocument named(String setting, String name, String kind) {
    DatasetDocument document =
        store
            .datasets()
            .byName(name)
            .orElseThrow(() -> new InvalidInput(absent(setting, name, kind)));
    if (!document.kind().equals(kind)) {
      throw new InvalidInput(
          "%s: %s is %s, not %s (see: espalier data list)"
              .formatted(setting, name, document.words(), DatasetDocument.words(kind)));
    }
    return document;
  }

  private String absent(String setting, String name, String kind) {
    List<String> names =
        store.datasets().list().stream()
            .filter(each -> each.kind().equals(kind))
            .map(DatasetDocument::name)
            .toList();
    return "%s: nothing of kind %s is called %s.%s Run: espalier data import FILE --format %s --name %s"
        .formatted(
            setting,
            kind,
            name,
            names.isEmpty() ? "" : " There are: %s.".formatted(Remarks.some(names)),
            kind,
            name);
  }

  /** The meta-database with that digest. */
  public MetaDatabase database(String digest) {
    DatasetDocument document = document(digest);
    try {
      MetaDatabase database = MetaDatabase.open(document.name(), datasets.file(digest));
      if (database.digest().equals(digest)) {
        return database;
      }
      datasets.forget(digest);
      return MetaDatabase.open(document.name(), datasets.file(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(document.name() + " cannot be read", e);
    }
  }

  /** The features with that digest. */
  public FeatureFile features(String digest) {
    DatasetDocument document = document(digest);
    try {
      FeatureFile features = FeatureFile.open(document.name(), datasets.file(digest));
      if (features.digest().equals(digest)) {
        return features;
      }
      datasets.forget(digest);
      return FeatureFile.open(document.name(), datasets.file(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(document.name() + " cannot be read", e);
    }
  }

  private DatasetDocument document(String digest) {
    return store
        .datasets()
        .byDigest(digest)
        .orElseThrow(() ->
            new InvalidInput(
                "nothing with the digest %s is in the catalogue of data: import it again"
                    .formatted(digest)));
  }

  /** Writes what a file consists of. */
  @FunctionalInterface
  public interface Body<W> {
    void writeTo(W writer) throws IOException;
  }

  /**
   * Writes a meta-database, and puts it into the catalogue.
   *
   * @param name the beginning of its name there; its digest's follows
   * @param features digest of those that it was made with; null where that is not known
   */
  public DatasetDocument write(
      String name, MetaHeader header, @Nullable String features, Body<MetaDatabaseWriter> body)
      throws IOException {
    Path part = datasets.scratch();
    try {
      try (MetaDatabaseWriter writer = new MetaDatabaseWriter(buffered(part), header)) {
        body.writeTo(writer);
      }
      MetaDatabase database = MetaDatabase.open(name, part);
      return put(
          MetaDocuments.put(store, called(name, database.digest()), database, part, Instant.now())
              .madeWith(features));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Writes features, and puts them into the catalogue, named likewise. */
  public DatasetDocument write(String name, FeatureHeader header, Body<FeatureWriter> body)
      throws IOException {
    Path part = datasets.scratch();
    try {
      try (FeatureWriter writer = new FeatureWriter(buffered(part), header)) {
        body.writeTo(writer);
        writer.finish();
      }
      FeatureFile features = FeatureFile.open(name, part);
      return put(
          MetaDocuments.put(store, called(name, features.digest()), features, part, Instant.now()));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static OutputStream buffered(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  private static String called(String name, String digest) {
    return name + "-" + digest.substring(0, OF_DIGEST);
  }

  /** A name with the digest in it stands for nothing else. */
  private DatasetDocument put(DatasetDocument document) {
    if (store.datasets().put(document) == Recorded.DIFFERENT) {
      store.datasets().forget(document.name());
      store.datasets().put(document);
    }
    return document;
  }
}
