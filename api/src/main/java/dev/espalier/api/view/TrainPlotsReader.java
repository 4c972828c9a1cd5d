package dev.espalier.api.view;

import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.space.Cost;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;

/** Reads {@link TrainPlots} from what a training recorded. */
final class TrainPlotsReader {
  private static final int USUAL_CLASSES = 10;

  private final Store store;

  TrainPlotsReader(Store store) {
    this.store = store;
  }

  TrainPlots read(ExperimentDocument experiment, TrainSpecification specification) {
    Cost cost = specification.cost(classes(experiment));
    return new TrainPlots(
        specification.method(),
        specification.parsed().canonical(),
        cost.parameters(),
        cost.macs(),
        specification.evaluation().epochs(),
        new StagesOf(store, experiment)
            .named("train").stream()
                .flatMap(stage ->
                    new TrainingsReader(store)
                            .read(
                                stage,
                                _ -> new TrainingsReader.Cost(cost.parameters(), cost.macs()))
                            .stream())
                .findFirst()
                .orElse(null));
  }

  /** Of the data, on which the number of parameters depends. */
  private int classes(ExperimentDocument experiment) {
    String digest = experiment.dataDigest();
    return digest == null
        ? USUAL_CLASSES
        : store
            .datasets()
            .byDigest(digest)
            .map(DatasetDocument::classes)
            .filter(classes -> classes > 0)
            .orElse(USUAL_CLASSES);
  }
}
