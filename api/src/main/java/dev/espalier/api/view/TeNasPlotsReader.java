package dev.espalier.api.view;

import dev.espalier.api.view.EdgeViews.Found;
import dev.espalier.api.view.TeNasPlots.CurrentRound;
import dev.espalier.api.view.TeNasPlots.FoundPlot;
import dev.espalier.api.view.TeNasPlots.RoundPlot;
import dev.espalier.api.view.TeNasPlots.TableAccuracy;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.Supernet;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.Measurement;
import dev.espalier.store.StageDocument;
import dev.espalier.store.StageProgress;
import dev.espalier.store.StageState;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.tenas.PruneResult;
import dev.espalier.workflows.method.tenas.RoundView;
import dev.espalier.workflows.method.tenas.TeNasResult;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@link TeNasPlots} from what the stages of TE-NAS recorded. */
final class TeNasPlotsReader {
  private final Store store;
  private final TrainingsReader trainings;

  TeNasPlotsReader(Store store) {
    this.store = store;
    this.trainings = new TrainingsReader(store);
  }

  TeNasPlots read(ExperimentDocument experiment, TeNasSpecification specification) {
    Supernet start = specification.supernet();
    StagesOf stages = new StagesOf(store, experiment);
    Optional<StageDocument> prune = stages.named("prune");
    List<RoundPlot> rounds =
        prune
            .map(stage -> store.measurements().list(stage.key(), "round"))
            .orElse(List.of())
            .stream()
            .map(Measurement::json)
            .map(json -> RoundReader.read(Json.read(json, RoundView.class)))
            .toList();
    return new TeNasPlots(
        specification.method(),
        EdgeViews.all(start),
        start.labels(0),
        RoundReader.byEdge(start),
        prune.map(stage -> stage.progress().rounds()).orElse(0),
        rounds,
        prune.map(TeNasPlotsReader::current).orElse(null),
        prune
            .map(StageDocument::result)
            .map(result -> found(result, experiment, specification))
            .orElse(null),
        stages
            .named("evaluate")
            .map(evaluate ->
                trainings.read(evaluate, architecture -> cost(specification.space(), architecture)))
            .orElse(List.of()));
  }

  private static @Nullable CurrentRound current(StageDocument prune) {
    StageProgress progress = prune.progress();
    boolean measuring =
        prune.state().equals(StageState.RUNNING)
            && progress.total() > 0
            && progress.round() < progress.rounds();
    return measuring ? new CurrentRound(progress.round(), progress.done(), progress.total()) : null;
  }

  private static TrainingsReader.Cost cost(String space, String architecture) {
    SearchSpace searched = SearchSpaces.named(space);
    Cost cost = searched.standardCost(searched.parse(architecture));
    return new TrainingsReader.Cost(cost.parameters(), cost.macs());
  }

  private static FoundPlot found(
      String pruneResult, ExperimentDocument experiment, TeNasSpecification specification) {
    SearchSpace searched = SearchSpaces.named(specification.space());
    Architecture architecture =
        searched.parse(Json.read(pruneResult, PruneResult.class).architecture());
    Cost cost = searched.standardCost(architecture);
    Found found = EdgeViews.found(architecture);
    String result = experiment.result();
    TeNasResult report = result == null ? null : Json.read(result, TeNasResult.class);
    return new FoundPlot(
        architecture.canonical(),
        found.edges(),
        found.operators(),
        cost.parameters(),
        cost.macs(),
        report == null ? null : mean(report, "ntk", "condition"),
        report == null ? null : mean(report, "regions"),
        report == null ? List.of() : table(report));
  }

  private static @Nullable Double mean(TeNasResult report, String... names) {
    return Arrays.stream(names)
        .map(report.indicators()::get)
        .filter(Objects::nonNull)
        .map(TeNasResult.Indicator::mean)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static List<TableAccuracy> table(TeNasResult report) {
    return report.table().entrySet().stream()
        .map(column -> new TableAccuracy(column.getKey(), column.getValue()))
        .sorted((a, b) -> a.column().compareTo(b.column()))
        .toList();
  }
}
