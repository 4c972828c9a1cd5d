package dev.espalier.activities.data;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.store.Store;
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

  /** The data set with that digest, from memory, the cache folder or the store. */
  public synchronized ImageDataset load(String digest) {
    return loaded.computeIfAbsent(digest, missing -> DatasetCache.load(store, cache, missing));
  }
}
