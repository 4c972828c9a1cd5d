package dev.espalier.store.embedded;

import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/** The maps of a file that hold documents. */
final class DocumentMaps {
  /** The version of files all of whose documents have checksums. */
  private static final int WITH_CHECKSUMS = 1;

  private static final String PREFIX = "documents/";

  /** Their bytes have a SHA-256, and rewriting them would double the file. */
  private static final String CHUNKS = "/chunks";

  private static final long COMMIT_BYTES = 16L << 20;

  private DocumentMaps() {}

  /** The slash keeps databases apart of which one's name begins with the other's. */
  static String name(String database, String collection) {
    return PREFIX + database + "/" + collection;
  }

  static List<String> namesIn(MVStore store) {
    return store.getMapNames().stream().filter(name -> name.startsWith(PREFIX)).sorted().toList();
  }

  static MVMap<String, byte[]> open(MVStore store, String name) {
    return store.openMap(
        name,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** Gives the documents of an older version their checksums, once. */
  static void addChecksums(MVStore store) {
    if (store.getStoreVersion() >= WITH_CHECKSUMS) {
      return;
    }
    MVStore.TxCounter version = store.registerVersionUsage();
    try {
      for (String name : namesIn(store)) {
        if (!name.endsWith(CHUNKS)) {
          addChecksums(open(store, name));
        }
      }
    } finally {
      store.deregisterVersionUsage(version);
    }
    store.setStoreVersion(WITH_CHECKSUMS);
    store.commit();
  }

  private static void addChecksums(MVMap<String, byte[]> map) {
    Page<String, byte[]> before = map.getRootPage();
    long uncommitted = 0;
    for (ValuePages.Entry entry :
        (Iterable<ValuePages.Entry>) () -> ValuePages.of(before, null, null).iterator()) {
      byte[] value = entry.value();
      if (value != null
          && DocumentBytes.hasNone(value)
          && DocumentBytes.isSound(entry.key(), value)) {
        map.put(entry.key(), DocumentBytes.withChecksum(entry.key(), value));
        uncommitted += value.length;
      }
      if (uncommitted > COMMIT_BYTES) {
        map.store.commit();
        uncommitted = 0;
      }
    }
  }

  /**
   * Writes all documents of a snapshot into an empty file.
   *
   * @return how many of them are damaged
   */
  static int copy(Snapshot from, MVStore to, Runnable orGiveUp) {
    int damaged = 0;
    long uncommitted = 0;
    for (var map : from.maps().entrySet()) {
      MVMap<String, byte[]> copy = open(to, map.getKey());
      for (ValuePages.Entry entry :
          (Iterable<ValuePages.Entry>) () -> ValuePages.of(map.getValue(), null, null).iterator()) {
        orGiveUp.run();
        byte[] value = entry.value();
        if (value == null || !DocumentBytes.isSound(entry.key(), value)) {
          damaged++;
        }
        if (value != null) { // a damaged one too: so it is known there for what it is
          copy.put(entry.key(), value);
          uncommitted += value.length;
        }
        if (uncommitted > COMMIT_BYTES) {
          to.commit();
          uncommitted = 0;
        }
      }
    }
    Place.copy(from.store(), to);
    to.setStoreVersion(from.store().getStoreVersion());
    to.commit();
    return damaged;
  }
}
