package dev.espalier.api.live;

import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.api.view.TrainingsReader;
import dev.espalier.store.StageState;
import dev.espalier.store.Store;
import java.util.List;

/**
 * A text that changes whenever the plots of an experiment may have changed, and is cheap to make.
 */
final class PlotsMark {
  /** The stages that train networks. */
  private static final List<String> TRAINING = List.of("evaluate", "train-final", "train");

  private PlotsMark() {}

  static String of(Store store, ExperimentView view) {
    StringBuilder mark = new StringBuilder(view.state());
    for (StageView stage : view.stages()) {
      mark.append(' ').append(stage.state()).append(stage.progress());
      if (!stage.key().isEmpty()) {
        mark.append(store.measurements().list(stage.key(), "round").size());
      }
      if (TRAINING.contains(stage.name()) && stage.state().equals(StageState.RUNNING)) {
        mark.append(' ').append(new TrainingsReader(store).epochs(stage.key()));
      }
    }
    return mark.toString();
  }
}
