package dev.espalier.activities.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Imported tables of accuracies by architecture; a table that was read once stays in memory. */
public final class ArchitectureTables {
  private final Store store;
  private final Map<String, ArchitectureTable> byArtifact = new ConcurrentHashMap<>();

  public ArchitectureTables(Store store) {
    this.store = store;
  }

  /**
   * The table with this content.
   *
   * @param name for people
   * @param digest the content; null for whatever the name stands for now
   * @throws InvalidInput if there is none, with the command that imports one
   */
  public ArchitectureTable find(String name, @Nullable String digest) {
    DatasetDocument document =
        TableDocuments.find(store, name, digest, ImportFormat.ACCURACIES.label());
    return byArtifact.computeIfAbsent(
        document.artifact(),
        artifact ->
            ArchitectureTable.readCsv(
                name, new ByteArrayInputStream(store.artifacts().get(artifact))));
  }
}
