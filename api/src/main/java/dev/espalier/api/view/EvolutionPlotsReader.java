package dev.espalier.api.view;

import dev.espalier.api.view.EvolutionPlots.WinnerPlot;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.evolution.Strategy;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.parallel.Costs;
import dev.espalier.search.space.parallel.ParallelArchitecture;
import dev.espalier.store.DatasetDocument;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.Store;
import dev.espalier.workflows.evolution.EvolveResult;
import dev.espalier.workflows.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.report.EvolutionResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads {@link EvolutionPlots} from what the stages of GNN-guided evolution recorded. */
final class EvolutionPlotsReader {
  private static final int IMAGE_CHANNELS = 3;
  private static final int USUAL_CLASSES = 10;

  private final Store store;

  EvolutionPlotsReader(Store store) {
    this.store = store;
  }

  EvolutionPlots read(ExperimentDocument experiment, EvolutionSpecification specification) {
    StagesOf stages = new StagesOf(store, experiment);
    Function<String, TrainingsReader.Cost> cost = cost(experiment, specification);
    SampleReader sample = new SampleReader(store, specification, cost);
    Optional<StageDocument> evolve = stages.named("evolve");
    Optional<EvolveResult> evolved = result(evolve, EvolveResult.class);
    return new EvolutionPlots(
        specification.method(),
        stages.named("evaluate").map(sample::read).orElseGet(sample::nothing),
        result(stages.named("train-predictor"), TrainPredictorResult.class).orElse(null),
        evolved
            .map(EvolveResult::strategies)
            .orElseGet(() -> evolve.map(stage -> ended(stage, specification)).orElse(List.of())),
        evolved.map(EvolveResult::front).orElse(List.of()),
        evolved.map(EvolutionPlotsReader::winner).orElse(null),
        stages
            .named("train-final")
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
  private List<Evolved> ended(StageDocument evolve, EvolutionSpecification specification) {
    String chosen = specification.search().strategy();
    return Stream.concat(
            Stream.of(chosen), Strategy.labels().stream().filter(each -> !each.equals(chosen)))
        .flatMap(
            strategy -> store.measurements().find(evolve.key(), 0, "evolved-" + strategy).stream())
        .map(json -> Json.read(json, Evolved.class))
        .toList();
  }

  private static WinnerPlot winner(EvolveResult evolved) {
    return new WinnerPlot(
        evolved.architecture(),
        evolved.strategies().isEmpty() ? "" : evolved.strategies().getFirst().strategy(),
        evolved.predicted(),
        evolved.macs(),
        evolved.parameters(),
        evolved.latency(),
        evolved.warning());
  }

  private Function<String, TrainingsReader.Cost> cost(
      ExperimentDocument experiment, EvolutionSpecification specification) {
    Costs costs =
        new Costs(
            specification.network(),
            specification.evaluation().imageSize(),
            IMAGE_CHANNELS,
            classes(experiment));
    return architecture -> {
      Cost cost = costs.of(ParallelArchitecture.parse(architecture));
      return new TrainingsReader.Cost(cost.parameters(), cost.macs());
    };
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
