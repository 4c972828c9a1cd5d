package dev.espalier.store.embedded;

import java.util.Map;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;

/**
 * All documents as they were at one moment, readable until it is closed.
 *
 * @param maps the root pages of the maps by their names
 */
record Snapshot(MVStore store, MVStore.TxCounter version, Map<String, Page<String, byte[]>> maps)
    implements AutoCloseable {
  @Override
  public void close() {
    store.deregisterVersionUsage(version);
  }
}
