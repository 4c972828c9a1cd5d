package dev.espalier.api.view;

import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;

/** The number of classes of an experiment's data, on which the number of parameters depends. */
public final class DataClasses {
  private static final int USUAL = 10;

  private DataClasses() {}

  /** As many as usual where the data is not known yet. */
  public static int of(Store store, ExperimentDocument experiment) {
    String digest = experiment.dataDigest();
    return digest == null
        ? USUAL
        : store
            .datasets()
            .byDigest(digest)
            .map(DatasetDocument::classes)
            .filter(classes -> classes > 0)
            .orElse(USUAL);
  }
}
