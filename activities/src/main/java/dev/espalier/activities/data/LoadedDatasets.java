package dev.espalier.activities.data;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.search.meta.ClassSubset;
import dev.espalier.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The data sets that a worker has in memory: the two used last, shared by its slots. */
public final class LoadedDatasets {
  private static final int KEPT = 2;

  private final Store store;
  private final Path cache;
  private final Map<String, ImageDataset> loaded =
      new LinkedHashMap<>(4, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ImageDataset> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @param cache folder for the copies that were fetched from the store
   */
  public LoadedDatasets(Store store, Path cache) {
    this.store = store;
    this.cache = cache;
  }

  /**
   * The data set with that digest, from memory, the cache folder or the store. That of some classes
   * of a data set ({@link ClassSubset}) is cut out of it anew each time: only whole ones are kept.
   */
  public ImageDataset load(String digest) {
    return ClassSubset.of(digest)
        .map(subset ->
            whole(subset.images())
                .ofClasses(subset.classes().stream().mapToInt(Integer::intValue).toArray()))
        .orElseGet(() -> whole(digest));
  }

  private synchronized ImageDataset whole(String digest) {
    return loaded.computeIfAbsent(digest, missing -> DatasetCache.load(store, cache, missing));
  }

  /** An artifact as a file in the cache folder, fetched from the store where it is not there. */
  public synchronized Path file(String artifact) throws IOException {
    Path file = cache.resolve(artifact);
    if (!Files.exists(file)) {
      try (InputStream in = store.artifacts().open(artifact)) {
        DatasetCache.place(in, file);
      }
    }
    return file;
  }

  /** Takes a file out of the cache folder again, since it is damaged. */
  synchronized void forget(String artifact) throws IOException {
    Files.deleteIfExists(cache.resolve(artifact));
  }

  /** The folder for what can be made again: copies of data, and what programs work in. */
  public Path folder() {
    return cache;
  }

  /** A new empty file in the cache folder; whoever asks for it deletes it. */
  public Path scratch() {
    try {
      return Files.createTempFile(Files.createDirectories(cache), "making-", ".part");
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can be written to " + cache, e);
    }
  }
}
