package dev.espalier.api.method.neuralpredictor;

import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.view.DataClasses;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.SampleReader;
import dev.espalier.api.view.StagesOf;
import dev.espalier.api.view.TrainingsReader;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.InputIndicators;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.space.Cost;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Series;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.ClassifierResult;
import dev.espalier.workflows.method.neuralpredictor.IndicatorColumns;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.PreparedTable;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.method.neuralpredictor.RankedCells;
import dev.espalier.workflows.method.neuralpredictor.SplitResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what the stages of Neural Predictor recorded, for the page and the report. */
public final class NeuralPredictorFindingsReader implements MethodFindings {
  private static final String EVALUATE = "evaluate";
  private static final String EVALUATE_TOP = "evaluate-top";

  @Override
  public String method() {
    return NeuralPredictorSpecification.METHOD;
  }

  @Override
  public Class<NeuralPredictorFindings> type() {
    return NeuralPredictorFindings.class;
  }

  @Override
  public List<String> trainingStages() {
    return List.of(EVALUATE, EVALUATE_TOP);
  }

  @Override
  public MethodReport report(Store store, ExperimentDocument experiment, ExperimentView view) {
    return NeuralPredictorReport.of(view, read(store, experiment));
  }

  @Override
  public NeuralPredictorFindings read(Store store, ExperimentDocument experiment) {
    NeuralPredictorSpecification specification =
        Json.read(experiment.specification(), NeuralPredictorSpecification.class);
    StagesOf stages = new StagesOf(store, experiment);
    Function<String, TrainingsReader.Cost> cost =
        cost(
            specification,
            specification.needsImages()
                ? DataClasses.of(store, experiment)
                : specification.classesWithoutImages());
    RankResult ranking = result(stages, "rank", RankResult.class);
    int planned = ranking == null ? specification.search().top() : ranking.count();
    SplitResult split = result(stages, "split", SplitResult.class);
    int training = split == null ? specification.architectures() : split.count();
    SampleReader sample = new SampleReader(store, specification, training, cost);
    SampleReader top = new SampleReader(store, specification, planned, cost);
    String result = experiment.result();
    return new NeuralPredictorFindings(
        specification.method(),
        specification.needsImages() ? null : result(stages, "prepare-data", PreparedTable.class),
        split,
        stages.named(EVALUATE).map(sample::read).orElseGet(sample::nothing),
        result(stages, "train-classifier", ClassifierResult.class),
        result(stages, "train-predictor", CellPredictorResult.class),
        ranking,
        ranking == null ? null : cells(store, ranking.rows()),
        stages.named(EVALUATE_TOP).map(top::read).orElseGet(top::nothing),
        result == null ? null : Json.read(result, NeuralPredictorResult.class),
        measured(store, stages, specification, split));
  }

  private static @Nullable MeasuredIndicators measured(
      Store store,
      StagesOf stages,
      NeuralPredictorSpecification specification,
      @Nullable SplitResult split) {
    InputIndicators settings = specification.indicators();
    IndicatorColumns columns = split == null ? null : split.indicators();
    Optional<StageDocument> stage = stages.named("split");
    if (settings == null || columns == null || stage.isEmpty()) {
      return null;
    }
    double seconds =
        store
            .measurements()
            .series(stage.get().key(), 0, IndicatorColumns.CPU_SECONDS)
            .points()
            .stream()
            .mapToDouble(Series.Point::value)
            .sum();
    return new MeasuredIndicators(columns.names(), columns.measured(), seconds, settings);
  }

  private static <R> @Nullable R result(StagesOf stages, String stage, Class<R> type) {
    Optional<String> json = stages.named(stage).map(StageDocument::result);
    return json.map(each -> Json.read(each, type)).orElse(null);
  }

  private static RankedCells cells(Store store, String sha) {
    return Json.read(
        new String(store.artifacts().get(sha), StandardCharsets.UTF_8), RankedCells.class);
  }

  private static Function<String, TrainingsReader.Cost> cost(
      NeuralPredictorSpecification specification, int classes) {
    return architecture -> {
      Cost cost = specification.cost(architecture, classes);
      return new TrainingsReader.Cost(cost.parameters(), cost.macs());
    };
  }
}
