package dev.espalier.activities.data;

import dev.espalier.store.DatasetDocument;
import java.util.function.Consumer;

/** Brings a data set of a well-known name into the store. */
@FunctionalInterface
public interface DataFetch {
  /**
   * Fetches a data set, unless it is there.
   *
   * @param progress is told how far it is, where that takes long
   * @throws dev.espalier.search.failure.InvalidInput if nothing is known under the name
   * @throws dev.espalier.search.failure.Lost if no source could be reached; the message tells of
   *     each
   */
  DatasetDocument fetch(String name, Consumer<String> progress);
}
