package dev.espalier.api.experiments;

import dev.espalier.store.Labels;
import dev.espalier.store.Store;
import java.util.UUID;

/** Changes what people call an experiment, and notes who did it. */
public final class Labeling {
  private Labeling() {}

  /**
   * Changes labels; what they are already is changed by nobody.
   *
   * @param by who asks, in words
   * @return what they are now
   */
  public static Labels label(Store store, String id, Labels.Change change, String by) {
    boolean changed = store.experiments().label(id, change);
    Labels labels = store.experiments().labels(id);
    if (changed) {
      store
          .events()
          .append(id, "labels/" + UUID.randomUUID(), "labelled", "Now has " + labels.inWords(), by);
    }
    return labels;
  }
}
