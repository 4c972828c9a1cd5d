package dev.espalier.api.launch;

import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.input.Input;
import dev.espalier.search.input.Remarks;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.method.UsesLatencies;
import dev.espalier.search.settings.MeasuredLatencies;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.Store;
import java.util.List;
import java.util.OptionalDouble;

/** Whether latencies that a specification names can judge the architectures of its search. */
final class LatencyChecks {
  private LatencyChecks() {}

  /**
   * The latencies.
   *
   * @throws InvalidInput if they are not here or something else, of another space, have no such
   *     device, were measured with images of other sizes, or if no architecture keeps the limit
   */
  static DatasetDocument checked(
      Store store, MeasuredLatencies named, UsesLatencies specification) {
    DatasetDocument document = find(store, named.table());
    LatencyTable table =
        LatencyTable.read(
            Input.of(
                "budget.latencies: " + document.name(), store.artifacts().get(document.artifact())),
            SearchSpaces.named(specification.space()),
            named.device());
    int size = specification.latencyImageSize();
    List<Integer> measured = table.imageSizes();
    if (!measured.isEmpty() && (size < measured.getFirst() || size > measured.getLast())) {
      throw new InvalidInput(
          "budget.latencies.imageSize: %s was measured with images of %d to %d pixels, not %d: set it to %d"
              .formatted(
                  document.name(),
                  measured.getFirst(),
                  measured.getLast(),
                  size,
                  size < measured.getFirst() ? measured.getFirst() : measured.getLast()));
    }
    checkLimit(table.least(size), document.name(), specification);
    return document;
  }

  /** No search can find what no architecture keeps. */
  private static void checkLimit(OptionalDouble least, String name, UsesLatencies specification) {
    double longest = specification.longestLatency();
    if (longest > 0 && least.isPresent() && least.getAsDouble() > longest) {
      throw new InvalidInput(
          "budget.latency is %s ms, but by %s no architecture takes less than %.4g ms: raise it"
              .formatted(longest, name, least.getAsDouble()));
    }
  }

  private static DatasetDocument find(Store store, String name) {
    DatasetDocument document =
        store
            .datasets()
            .byName(name)
            .or(() -> store.datasets().byDigest(name))
            .orElseThrow(() -> new InvalidInput(absent(store, name)));
    if (!document.kind().equals(DatasetDocument.LATENCIES)) {
      throw new InvalidInput(
          "budget.latencies.table: %s is %s, not %s (see: espalier data list)"
              .formatted(name, document.words(), DatasetDocument.words(DatasetDocument.LATENCIES)));
    }
    return document;
  }

  private static String absent(Store store, String name) {
    List<String> names =
        store.datasets().list().stream()
            .filter(each -> each.kind().equals(DatasetDocument.LATENCIES))
            .map(DatasetDocument::name)
            .toList();
    return "budget.latencies.table: there are no latencies %s.%s Imported are: %s. Run: %s"
        .formatted(
            name,
            DidYouMean.sentence(name, names),
            names.isEmpty() ? "none yet" : Remarks.some(names),
            "espalier data import FILE --format latencies --name " + name);
  }
}
