package dev.espalier.api.view;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;

/** Reads {@link PlotsView} from what the stages of an experiment recorded. */
public final class PlotsReader {
  private final Store store;

  public PlotsReader(Store store) {
    this.store = store;
  }

  public PlotsView read(ExperimentDocument experiment) {
    return switch (Json.read(experiment.specification(), Specification.class)) {
      case TeNasSpecification teNas -> new TeNasPlotsReader(store).read(experiment, teNas);
      case EvolutionSpecification evolution ->
          new EvolutionPlotsReader(store).read(experiment, evolution);
      case TrainSpecification train -> new TrainPlotsReader(store).read(experiment, train);
      default -> throw new IllegalArgumentException();
    };
  }
}
