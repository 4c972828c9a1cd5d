package dev.espalier.cli.up;

import dev.espalier.activities.data.DataFetch;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.workers.WorkerContext;

/** Where a worker fetches data sets from that are not in the store yet. */
final class DataSources {
  private DataSources() {}

  static DataFetch of(WorkerContext context) {
    return name ->
        context
            .store()
            .datasets()
            .byName(name)
            .orElseThrow(() ->
                new InvalidInput(
                    "the data set %s is not in the store: run espalier data fetch %s, or espalier data import"
                        .formatted(name, name)));
  }
}
