package dev.espalier.activities.data;

import dev.espalier.learning.features.FeatureFile;
import dev.espalier.learning.features.FeatureHeader;
import dev.espalier.search.meta.MetaDatabase;
import dev.espalier.store.DatasetContents;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Puts the files of meta-databases and features into the store, and writes their documents. */
final class MetaDocuments {
  private MetaDocuments() {}

  static DatasetDocument put(
      Store store, String name, MetaDatabase database, Path file, Instant now) throws IOException {
    String kind = DatasetDocument.META_DATABASE;
    String artifact = store.artifacts().put(file, kind, Map.of("name", name));
    return new DatasetDocument(
        artifact,
        name,
        kind,
        new DatasetContents(
            0,
            0,
            0,
            database.header().collectionClasses(),
            List.of(),
            database.rows(),
            database.tasks()),
        artifact,
        ImportFormat.META_DATABASE.label(),
        now);
  }

  static DatasetDocument put(Store store, String name, FeatureFile features, Path file, Instant now)
      throws IOException {
    String kind = DatasetDocument.FEATURES;
    FeatureHeader header = features.header();
    String artifact = store.artifacts().put(file, kind, Map.of("name", name));
    return new DatasetDocument(
        artifact,
        name,
        kind,
        new DatasetContents(
            1,
            1,
            header.width(),
            header.classNames().size(),
            header.classNames(),
            Math.toIntExact(header.rows()),
            0),
        artifact,
        ImportFormat.FEATURES.label(),
        now);
  }
}
