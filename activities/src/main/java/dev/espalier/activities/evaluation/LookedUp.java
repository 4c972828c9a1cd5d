package dev.espalier.activities.evaluation;

import dev.espalier.activities.data.ArchitectureTables;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.store.Store;
import org.jspecify.annotations.Nullable;

/** Accuracies from an imported table instead of a training. */
final class LookedUp {
  private final ArchitectureTables tables;

  LookedUp(Store store) {
    this.tables = new ArchitectureTables(store);
  }

  Judgement accuracy(
      String table, @Nullable String digest, @Nullable String policy, String architecture) {
    return tables
        .find(table, digest, policy)
        .accuracy(architecture)
        .map(Judgement::of)
        .orElseThrow(() ->
            new InvalidInput(
                "evaluation.table: %s does not have %s: only what it has can be looked up"
                    .formatted(table, architecture)));
  }
}
