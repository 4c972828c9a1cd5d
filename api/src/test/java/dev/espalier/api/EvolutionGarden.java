package dev.espalier.api;

import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.util.HashMap;
import java.util.Map;

/**
 * Plants experiments as the stages of GNN-guided evolution would leave them behind, from made-up
 * accuracies that grow with an architecture's operations.
 */
final class EvolutionGarden {
  /** Architectures of a sample. */
  static final int SAMPLE = 48;

  /** Of a sample that is being trained, how many are done. */
  static final int DONE = 19;

  static final String WARNING =
      "predicted 64.10 %, 3.20 points above all measured architectures (41.20 to 60.90 %): "
          + "the predictor extrapolates, so train the architecture before believing it";

  private final Store store;

  EvolutionGarden(Store store) {
    this.store = store;
  }

  /** How far an experiment has grown. */
  enum Growth {
    TRAINING,
    EVOLVING,
    COMPLETED
  }

  ExperimentDocument plant(String id, long seed, Growth growth) {
    return plant(id, seed, growth, Map.of());
  }

  /** With further settings. */
  ExperimentDocument plant(String id, long seed, Growth growth, Map<String, String> more) {
    Map<String, String> sets = new HashMap<>(more);
    sets.put("data", "cifar10-sample");
    sets.put("seed", Long.toString(seed));
    sets.put("sample.architectures", Integer.toString(SAMPLE));
    sets.put("trainFinal.randomArchitectures", "3");
    sets.put("trainFinal.seeds", "3");
    EvolutionSpecification specification = EvolutionSpecification.preset("quick", sets);
    Planting planting = Planting.launched(store, id, specification);
    planting.start(Garden.DATA_DIGEST);
    new GrowingEvolution(store, planting, specification).grow(growth);
    return store.experiments().find(id).orElseThrow();
  }
}
