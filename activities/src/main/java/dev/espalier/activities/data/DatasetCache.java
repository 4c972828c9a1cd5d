package dev.espalier.activities.data;

import dev.espalier.learning.data.ImageDataset;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.failure.Lost;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Copies of data sets on this machine's disk, fetched from the store when they are first needed.
 */
public final class DatasetCache {
  private DatasetCache() {}

  /**
   * The data set with that digest. A copy that does not match its digest is fetched again.
   *
   * @param folder where the copies are, one file a digest
   */
  public static ImageDataset load(Store store, Path folder, String digest) {
    DatasetDocument document =
        store
            .datasets()
            .byDigest(digest)
            .orElseThrow(() ->
                new InvalidInput(
                    "there is no data set with digest %s in the store. Run: espalier data list"
                        .formatted(digest)));
    Path copy = folder.resolve(digest);
    try {
      if (Files.exists(copy)) {
        try {
          return read(document, copy);
        } catch (InvalidInput | IOException damaged) {
          Files.delete(copy);
        }
      }
      fetch(store, document, copy);
      return read(document, copy);
    } catch (IOException e) {
      throw new Lost(
          "data set %s cannot be kept at %s: %s".formatted(document.name(), copy, e.getMessage()),
          e);
    }
  }

  private static ImageDataset read(DatasetDocument document, Path copy) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(copy), 1 << 20)) {
      return ImageDataset.readFrom(document.name(), in, document.digest());
    }
  }

  /**
   * Written beside its place and moved there whole, so that two workers do not read half a file.
   */
  private static void fetch(Store store, DatasetDocument document, Path copy) throws IOException {
    Files.createDirectories(copy.getParent());
    Path partial = Files.createTempFile(copy.getParent(), document.digest(), ".partial");
    try (InputStream in = store.artifacts().open(document.artifact())) {
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(
          partial, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
