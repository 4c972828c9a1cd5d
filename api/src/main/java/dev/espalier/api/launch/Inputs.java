package dev.espalier.api.launch;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.search.method.Specification;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentOrigin;
import dev.espalier.store.Store;
import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.method.Plans;
import dev.espalier.workflows.stage.Prerequisite;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment's workflow is given, from its document alone: so it can be started again at
 * any time.
 */
final class Inputs {
  private Inputs() {}

  static ExperimentInput of(ExperimentDocument experiment, Store store) {
    Specification specification = Json.read(experiment.specification(), Specification.class);
    @Nullable ExperimentOrigin origin = experiment.origin();
    List<Prerequisite> first = Plans.prerequisites(specification);
    return new ExperimentInput(
        experiment.id(),
        experiment.specification(),
        Objects.requireNonNullElse(experiment.numericClass(), NumericClasses.CPU),
        Objects.requireNonNullElse(experiment.dataDigest(), ""),
        experiment.salt(),
        Plans.of(specification.method()),
        store.identity(),
        experiment.desired() == ExperimentState.PAUSED,
        first.isEmpty() ? null : first,
        origin == null || origin.salts().isEmpty() ? null : origin.salts());
  }
}
