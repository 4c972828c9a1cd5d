package dev.espalier.activities.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documents of imported tables. */
public final class TableDocuments {
  private TableDocuments() {}

  /**
   * The table that an experiment looks accuracies up in.
   *
   * @param name of the specification's {@code evaluation.table}
   * @param digest the content it was prepared with; null for whatever the name stands for now
   * @param format by which tables of its kind are imported
   * @throws InvalidInput if there is none, with the command that imports one
   */
  public static DatasetDocument find(
      Store store, String name, @Nullable String digest, String format) {
    Optional<DatasetDocument> found =
        digest == null ? store.datasets().byName(name) : store.datasets().byDigest(digest);
    return found
        .filter(dataset -> dataset.kind().equals(DatasetDocument.TABLE))
        .filter(dataset -> isOfArchitectures(dataset.format()) == isOfArchitectures(format))
        .orElseThrow(() -> notThere(name, digest, format));
  }

  static InvalidInput notThere(String name, @Nullable String digest, String format) {
    return new InvalidInput(
        "evaluation.table: there is no table %s%s. Run: espalier data import FILE --format %s --name %s"
            .formatted(name, digest == null ? "" : " with the digest " + digest, format, name));
  }

  private static boolean isOfArchitectures(String format) {
    return ImportFormat.parse(format).isOfArchitectures();
  }
}
