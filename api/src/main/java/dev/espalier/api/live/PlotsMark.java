package dev.espalier.api.live;

import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.api.view.TrainingsReader;
import dev.espalier.search.experiment.StageState;
import dev.espalier.store.Store;
import java.util.List;

/**
 * A text that changes whenever the plots of an experiment may have changed, and is cheap to make.
 */
final class PlotsMark {
  private PlotsMark() {}

  static String of(Store store, ExperimentView view) {
    List<String> training = MethodFindings.of(view.method()).trainingStages();
    StringBuilder mark = new StringBuilder(view.state().name());
    for (StageView stage : view.stages()) {
      mark.append(' ').append(stage.state()).append(stage.progress());
      if (!stage.key().isEmpty()) {
        mark.append(store.measurements().list(stage.key(), "round").size());
      }
      if (training.contains(stage.name()) && stage.state() == StageState.RUNNING) {
        mark.append(' ').append(new TrainingsReader(store).epochs(stage.key()));
      }
    }
    return mark.toString();
  }
}
