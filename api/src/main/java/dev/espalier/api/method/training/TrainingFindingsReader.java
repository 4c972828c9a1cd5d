package dev.espalier.api.method.training;

import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.view.DataClasses;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StagesOf;
import dev.espalier.api.view.TrainingsReader;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.space.Cost;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import java.util.List;

/** Reads what a training recorded, for the page and the report. */
public final class TrainingFindingsReader implements MethodFindings {
  private static final String TRAIN = "train";

  @Override
  public String method() {
    return TrainSpecification.METHOD;
  }

  @Override
  public Class<TrainingFindings> type() {
    return TrainingFindings.class;
  }

  @Override
  public List<String> trainingStages() {
    return List.of(TRAIN);
  }

  @Override
  public MethodReport report(Store store, ExperimentDocument experiment, ExperimentView view) {
    return TrainingReport.of(view, read(store, experiment));
  }

  @Override
  public TrainingFindings read(Store store, ExperimentDocument experiment) {
    TrainSpecification specification =
        Json.read(experiment.specification(), TrainSpecification.class);
    Cost cost = specification.cost(DataClasses.of(store, experiment));
    return new TrainingFindings(
        specification.method(),
        specification.parsed().canonical(),
        cost.parameters(),
        cost.macs(),
        specification.evaluation().epochs(),
        new StagesOf(store, experiment)
            .named(TRAIN).stream()
                .flatMap(stage ->
                    new TrainingsReader(store)
                            .read(
                                stage,
                                _ -> new TrainingsReader.Cost(cost.parameters(), cost.macs()))
                            .stream())
                .findFirst()
                .orElse(null));
  }
}
