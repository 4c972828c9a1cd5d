package dev.espalier.activities.data;

import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.search.trainings.TrainingPolicy;
import dev.espalier.search.trainings.TrainingTable;
import dev.espalier.search.trainings.files.TrainingFiles;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Imported tables of accuracies by architecture; a table that was read once stays in memory. */
public final class ArchitectureTables {
  private final Store store;
  private final Map<Key, ArchitectureTable> byKey = new ConcurrentHashMap<>();
  private final Map<String, TrainingTable> trainings = new ConcurrentHashMap<>();

  /**
   * @param policy which trainings, where there are several; empty where there are not
   */
  private record Key(String artifact, String policy) {}

  public ArchitectureTables(Store store) {
    this.store = store;
  }

  /**
   * The table with this content.
   *
   * @param name for people
   * @param digest the content, of an imported table or of columns taken out of one; null for
   *     whatever the name stands for now
   * @param policy which trainings of a table that keeps several; null or empty for the first
   * @throws dev.espalier.search.failure.InvalidInput if there is none, with the command that
   *     imports one
   */
  public ArchitectureTable find(String name, @Nullable String digest, @Nullable String policy) {
    if (digest != null && isTaken(digest)) {
      return plain(name, digest);
    }
    DatasetDocument document = document(name, digest);
    if (!keepsTrainings(document)) {
      return plain(name, document.artifact());
    }
    TrainingPolicy chosen =
        policy == null || policy.isEmpty() ? TrainingPolicy.FIRST : TrainingPolicy.parse(policy);
    return byKey.computeIfAbsent(
        new Key(document.artifact(), chosen.label()),
        key -> read(store, document).accuracies(chosen));
  }

  /**
   * The table with this content and all its trainings.
   *
   * @param name for people
   * @param digest the content; null for whatever the name stands for now
   * @throws dev.espalier.search.failure.InvalidInput if there is none, with the command that
   *     imports one, or it has one accuracy a cell
   */
  public TrainingTable trainings(String name, @Nullable String digest) {
    DatasetDocument document = document(name, digest);
    if (!keepsTrainings(document)) {
      throw TableDocuments.notThere(name, digest, ImportFormat.NAS_BENCH_101.label());
    }
    return trainings.computeIfAbsent(document.artifact(), artifact -> read(store, document));
  }

  private DatasetDocument document(String name, @Nullable String digest) {
    return TableDocuments.find(store, name, digest, ImportFormat.ACCURACIES.label());
  }

  private static boolean keepsTrainings(DatasetDocument document) {
    return document.format().equals(ImportFormat.NAS_BENCH_101.label());
  }

  /** A stored table of trainings, straight from the store. */
  static TrainingTable read(Store store, DatasetDocument document) {
    try (InputStream in = store.artifacts().open(document.artifact())) {
      return TrainingFiles.stored(document.name(), in);
    } catch (IOException e) {
      throw new UncheckedIOException("table %s cannot be read".formatted(document.name()), e);
    }
  }

  private ArchitectureTable plain(String name, String sha) {
    return byKey.computeIfAbsent(
        new Key(sha, ""),
        key ->
            ArchitectureTable.readCsv(
                name, new ByteArrayInputStream(store.artifacts().get(key.artifact()))));
  }

  /** Columns that were taken out of a larger table have no name of their own. */
  private boolean isTaken(String digest) {
    return store.datasets().byDigest(digest).isEmpty() && store.artifacts().exists(digest);
  }
}
