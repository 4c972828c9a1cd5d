package dev.espalier.bench;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * Copies a finished experiment's document under new ids, so that a list is as long as after years
 * of use. The copies differ in id, times and who launched them; every seventh was cancelled.
 *
 * <p>Arguments: the store's address, the experiment, how many there shall be, how many there are.
 */
public final class PlantedExperiments {
  private PlantedExperiments() {}

  public static void main(String[] arguments) {
    try (Store store = Store.connect(arguments[0])) {
      ExperimentDocument model = store.experiments().find(arguments[1]).orElseThrow();
      int many = Integer.parseInt(arguments[2]);
      int there = Integer.parseInt(arguments[3]);
      // side by side, since each insert is safe on disk before it is answered
      IntStream.range(there, many)
          .parallel()
          .forEach(i -> store.experiments().insert(copy(model, i)));
    }
  }

  private static ExperimentDocument copy(ExperimentDocument model, int i) {
    boolean cancelled = i % 7 == 0;
    Instant created = model.created().minusSeconds(60L * (i + 1));
    return new ExperimentDocument(
        "planted-%06d".formatted(i),
        model.specification(),
        cancelled ? ExperimentState.CANCELLED : model.state(),
        cancelled ? ExperimentState.CANCELLED : model.desired(),
        null,
        model.numericClass(),
        model.dataDigest(),
        cancelled ? null : model.digest(),
        cancelled ? null : model.result(),
        model.salt(),
        created,
        created.plusSeconds(1),
        created.plusSeconds(30 + i % 600),
        model.stages(),
        i % 2 == 0 ? "ada" : "grace",
        model.version(),
        0,
        null);
  }
}
