package dev.espalier.api.view;

import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import java.util.Optional;

/** The documents of an experiment's stages by name, of those that have begun. */
public final class StagesOf {
  private final Store store;
  private final ExperimentDocument experiment;

  public StagesOf(Store store, ExperimentDocument experiment) {
    this.store = store;
    this.experiment = experiment;
  }

  public Optional<StageDocument> named(String name) {
    return experiment.stages().stream()
        .filter(stage -> stage.name().equals(name))
        .map(ExperimentStage::key)
        .filter(key -> !key.isEmpty())
        .findFirst()
        .flatMap(store.stages()::find);
  }
}
