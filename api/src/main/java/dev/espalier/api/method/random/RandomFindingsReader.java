package dev.espalier.api.method.random;

import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.view.DataClasses;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.SampleReader;
import dev.espalier.api.view.StagesOf;
import dev.espalier.api.view.TrainingsReader;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.random.RandomSpecification;
import dev.espalier.search.space.Cost;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.random.RandomResult;
import java.util.List;

/** Reads what the stages of random search recorded, for the page and the report. */
public final class RandomFindingsReader implements MethodFindings {
  private static final String EVALUATE = "evaluate";

  @Override
  public String method() {
    return RandomSpecification.METHOD;
  }

  @Override
  public Class<RandomFindings> type() {
    return RandomFindings.class;
  }

  @Override
  public List<String> trainingStages() {
    return List.of(EVALUATE);
  }

  @Override
  public MethodReport report(Store store, ExperimentDocument experiment, ExperimentView view) {
    return RandomReport.of(view, read(store, experiment));
  }

  @Override
  public RandomFindings read(Store store, ExperimentDocument experiment) {
    RandomSpecification specification =
        Json.read(experiment.specification(), RandomSpecification.class);
    int classes = DataClasses.of(store, experiment);
    SampleReader sample =
        new SampleReader(
            store,
            specification,
            architecture -> {
              Cost cost = specification.cost(architecture, classes);
              return new TrainingsReader.Cost(cost.parameters(), cost.macs());
            });
    String result = experiment.result();
    return new RandomFindings(
        specification.method(),
        new StagesOf(store, experiment)
            .named(EVALUATE)
            .map(sample::read)
            .orElseGet(sample::nothing),
        result == null ? null : Json.read(result, RandomResult.class));
  }
}
