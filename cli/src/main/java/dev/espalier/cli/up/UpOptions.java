package dev.espalier.cli.up;

import dev.espalier.search.failure.InvalidInput;
import dev.espalier.workflows.client.TemporalNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up} was asked for.
 *
 * @param port of the API and page; 0 for a free one
 * @param slots how many activities a worker computes at a time
 * @param temporal HOST:PORT of a Temporal server elsewhere; null to run one here
 * @param namespace of Temporal's server
 * @param mongodb URI of a store elsewhere; null for the embedded one
 * @param temporalPage whether Temporal's own page is shown, where its server runs here
 * @param firstWork with {@code untilIdle}: how long to wait for the first experiment before there
 *     is nothing to do
 */
record UpOptions(
    int port,
    int slots,
    boolean untilIdle,
    @Nullable String temporal,
    String namespace,
    @Nullable String mongodb,
    boolean temporalPage,
    Duration firstWork) {

  UpOptions {
    List<String> problems = new ArrayList<>();
    if (port < 0 || port > 65_535) {
      problems.add("--port must be between 1 and 65535 (or 0 for a free one), but was " + port);
    }
    if (slots < 1 || slots > 1024) {
      problems.add(
          "--slots must be between 1 and 1024, but was %d: as many as cores is a good choice"
              .formatted(slots));
    }
    if (temporal != null && !temporal.matches("[^:/\\s]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}")) {
      problems.add("--temporal must be HOST:PORT (say 10.0.0.5:7233), but was '" + temporal + "'");
    }
    if (!TemporalNamespace.isName(namespace)) {
      problems.add(
          "--namespace must be letters, digits, dots, hyphens and underscores, but was '%s'"
              .formatted(namespace));
    }
    if (mongodb != null && !mongodb.matches("mongodb(\\+srv)?://\\S+")) {
      problems.add(
          "--mongodb must be a URI that begins with mongodb://, but was '" + mongodb + "'");
    }
    if (!problems.isEmpty()) {
      throw new InvalidInput(problems);
    }
  }
}
