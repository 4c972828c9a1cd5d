package dev.espalier.activities.method.metad2a;

import dev.espalier.search.input.Input;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.store.Store;
import java.util.Optional;

/** The latencies that a search names. */
final class MeasuredLatencyTable {
  private MeasuredLatencyTable() {}

  /** Empty where it names none. */
  static Optional<LatencyTable> of(MetaD2aSpecification specification, Store store) {
    return specification
        .latencies()
        .map(named ->
            LatencyTable.read(
                Input.of(named.table(), store.artifacts().get(named.table())),
                specification.searchSpace(),
                named.device()));
  }
}
