package dev.espalier.store.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Where a store's file is: its real path and what the file system calls it.
 *
 * <p>The store remembers both. A file that was moved keeps the second, one that was restored in
 * place the first; where neither is as before, the file is a copy of another store's, which may be
 * in use: it gets an identity of its own.
 */
record Place(String path, String file) {
  private static final String MAP = "place";
  private static final String IDENTITIES = "documents/espalier/identity";

  static Place of(Path file) {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return new Place(file.toRealPath().toString(), String.valueOf(key));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Tells a copy of the store whose copy it is: so that it gets another identity elsewhere. */
  static void copy(MVStore from, MVStore to) {
    if (from.hasMap(MAP)) {
      MVMap<String, String> remembered = from.openMap(MAP);
      to.<String, String>openMap(MAP).putAll(remembered);
    }
  }

  /** Remembers this place in the store, whose identity goes if it was copied here. */
  void settle(MVStore store) {
    MVMap<String, String> remembered = store.openMap(MAP);
    String path = remembered.get("path");
    String file = remembered.get("file");
    if (path != null && !path.equals(this.path) && !this.file.equals(file)) {
      store.removeMap(IDENTITIES);
    }
    if (!this.path.equals(path) || !this.file.equals(file)) {
      remembered.put("path", this.path);
      remembered.put("file", this.file);
      store.commit();
    }
  }
}
