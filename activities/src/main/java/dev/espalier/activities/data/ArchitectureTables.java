package dev.espalier.activities.data;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Imported tables of accuracies by architecture; a table that was read once stays in memory. */
public final class ArchitectureTables {
  private final Store store;
  private final Map<String, ArchitectureTable> byArtifact = new ConcurrentHashMap<>();

  public ArchitectureTables(Store store) {
    this.store = store;
  }

  /**
   * The table of this name.
   *
   * @throws InvalidInput if there is none, with the command that imports one
   */
  public ArchitectureTable named(String name) {
    DatasetDocument document =
        store
            .datasets()
            .byName(name)
            .filter(dataset -> dataset.format().equals(ImportFormat.ACCURACIES.label()))
            .orElseThrow(() ->
                new InvalidInput(
                    "evaluation.table: there is no table %s. Run: espalier data import FILE.csv --format accuracies --name %s"
                        .formatted(name, name)));
    return byArtifact.computeIfAbsent(
        document.artifact(),
        artifact ->
            ArchitectureTable.readCsv(
                name, new ByteArrayInputStream(store.artifacts().get(artifact))));
  }
}
