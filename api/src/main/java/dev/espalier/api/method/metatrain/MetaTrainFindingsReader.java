package dev.espalier.api.method.metatrain;

import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.method.metatrain.MetaTrainFindings.MetaCurve;
import dev.espalier.api.method.metatrain.MetaTrainFindings.MetaFitView;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.view.CurvesReader;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StagesOf;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import dev.espalier.workflows.method.metatrain.MetaFitResult;
import dev.espalier.workflows.method.metatrain.MetaTrainResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads what the stages of a meta-training recorded, for the page and the report. */
public final class MetaTrainFindingsReader implements MethodFindings {
  private static final String GENERATOR = "train-generator";
  private static final String PREDICTOR = "train-predictor";

  @Override
  public String method() {
    return MetaTrainSpecification.METHOD;
  }

  @Override
  public Class<MetaTrainFindings> type() {
    return MetaTrainFindings.class;
  }

  @Override
  public List<String> trainingStages() {
    return List.of(GENERATOR, PREDICTOR);
  }

  @Override
  public MethodReport report(Store store, ExperimentDocument experiment, ExperimentView view) {
    return MetaTrainReport.of(read(store, experiment));
  }

  @Override
  public MetaTrainFindings read(Store store, ExperimentDocument experiment) {
    MetaTrainSpecification specification =
        Json.read(experiment.specification(), MetaTrainSpecification.class);
    StagesOf stages = new StagesOf(store, experiment);
    int seeds = specification.search().seeds();
    String result = experiment.result();
    return new MetaTrainFindings(
        specification.method(),
        stages
            .named("prepare-data")
            .map(StageDocument::result)
            .map(json -> Json.read(json, FoundTasks.class))
            .orElse(null),
        fit(store, stages.named(GENERATOR), specification.generator().epochs(), seeds),
        fit(store, stages.named(PREDICTOR), specification.predictor().epochs(), seeds),
        result == null ? null : Json.read(result, MetaTrainResult.class));
  }

  private static MetaFitView fit(
      Store store, Optional<StageDocument> stage, int epochs, int seeds) {
    CurvesReader curves = new CurvesReader(store);
    List<MetaCurve> trainings =
        stage.stream()
            .flatMap(found ->
                IntStream.range(0, seeds)
                    .mapToObj(seed ->
                        new MetaCurve(
                            seed,
                            curves.loss(found.key(), Integer.toString(seed)),
                            curves.validation(found.key(), Integer.toString(seed)))))
            .filter(each -> !each.loss().isEmpty())
            .toList();
    return new MetaFitView(
        epochs,
        trainings,
        stage
            .map(StageDocument::result)
            .map(json -> Json.read(json, MetaFitResult.class))
            .orElse(null));
  }
}
