package dev.espalier.api.method.evolution;

import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.method.evolution.EvolutionFindings.Winner;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.view.DataClasses;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.SampleReader;
import dev.espalier.api.view.StagesOf;
import dev.espalier.api.view.TrainingsReader;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.evolution.Strategy;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.space.Cost;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.evolution.EvolutionResult;
import dev.espalier.workflows.method.evolution.EvolveResult;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what the stages of evolution on a predictor recorded, for the page and the report. */
public final class EvolutionFindingsReader implements MethodFindings {
  private static final String EVALUATE = "evaluate";
  private static final String TRAIN_FINAL = "train-final";

  @Override
  public String method() {
    return EvolutionSpecification.METHOD;
  }

  @Override
  public Class<EvolutionFindings> type() {
    return EvolutionFindings.class;
  }

  @Override
  public List<String> trainingStages() {
    return List.of(EVALUATE, TRAIN_FINAL);
  }

  @Override
  public MethodReport report(Store store, ExperimentDocument experiment, ExperimentView view) {
    return EvolutionReport.of(
        view,
        Json.read(experiment.specification(), EvolutionSpecification.class),
        read(store, experiment));
  }

  @Override
  public EvolutionFindings read(Store store, ExperimentDocument experiment) {
    EvolutionSpecification specification =
        Json.read(experiment.specification(), EvolutionSpecification.class);
    StagesOf stages = new StagesOf(store, experiment);
    Function<String, TrainingsReader.Cost> cost =
        cost(specification, DataClasses.of(store, experiment));
    SampleReader sample = new SampleReader(store, specification, cost);
    Optional<StageDocument> evolve = stages.named("evolve");
    Optional<EvolveResult> evolved = result(evolve, EvolveResult.class);
    return new EvolutionFindings(
        specification.method(),
        stages.named(EVALUATE).map(sample::read).orElseGet(sample::nothing),
        result(stages.named("train-predictor"), TrainPredictorResult.class).orElse(null),
        evolved
            .map(EvolveResult::strategies)
            .orElseGet(
                () -> evolve.map(stage -> ended(store, stage, specification)).orElse(List.of())),
        evolved.map(EvolveResult::front).orElse(List.of()),
        evolved.map(EvolutionFindingsReader::winner).orElse(null),
        stages
            .named(TRAIN_FINAL)
            .map(stage -> new TrainingsReader(store).read(stage, cost))
            .orElse(List.of()),
        Optional.ofNullable(experiment.result())
            .map(json -> Json.read(json, EvolutionResult.class).difference())
            .orElse(null));
  }

  private static <R> Optional<R> result(Optional<StageDocument> stage, Class<R> type) {
    return stage.map(StageDocument::result).map(json -> Json.read(json, type));
  }

  /** The searches of a stage in hand that have come to their end. */
  private static List<Evolved> ended(
      Store store, StageDocument evolve, EvolutionSpecification specification) {
    String chosen = specification.search().strategy();
    return Stream.concat(
            Stream.of(chosen), Strategy.labels().stream().filter(each -> !each.equals(chosen)))
        .flatMap(
            strategy -> store.measurements().find(evolve.key(), 0, "evolved-" + strategy).stream())
        .map(json -> Json.read(json, Evolved.class))
        .toList();
  }

  private static Winner winner(EvolveResult evolved) {
    return new Winner(
        evolved.architecture(),
        evolved.strategies().isEmpty() ? "" : evolved.strategies().getFirst().strategy(),
        evolved.predicted(),
        evolved.macs(),
        evolved.parameters(),
        evolved.latency(),
        evolved.warning());
  }

  private static Function<String, TrainingsReader.Cost> cost(
      EvolutionSpecification specification, int classes) {
    return architecture -> {
      Cost cost = specification.cost(architecture, classes);
      return new TrainingsReader.Cost(cost.parameters(), cost.macs());
    };
  }
}
