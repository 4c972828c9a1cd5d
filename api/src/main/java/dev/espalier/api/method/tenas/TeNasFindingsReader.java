package dev.espalier.api.method.tenas;

import dev.espalier.api.method.MethodFindings;
import dev.espalier.api.method.tenas.TeNasFindings.CurrentRound;
import dev.espalier.api.method.tenas.TeNasFindings.Found;
import dev.espalier.api.method.tenas.TeNasFindings.TableAccuracy;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StagesOf;
import dev.espalier.api.view.TrainingsReader;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.StageState;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.Cost;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.Supernet;
import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.StageDocument;
import dev.espalier.store.StageProgress;
import dev.espalier.store.Store;
import dev.espalier.workflows.method.tenas.PruneResult;
import dev.espalier.workflows.method.tenas.RoundView;
import dev.espalier.workflows.method.tenas.TeNasResult;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the stages of TE-NAS recorded, for the page and the report. */
public final class TeNasFindingsReader implements MethodFindings {
  private static final String PRUNE = "prune";
  private static final String EVALUATE = "evaluate";

  @Override
  public String method() {
    return TeNasSpecification.METHOD;
  }

  @Override
  public Class<TeNasFindings> type() {
    return TeNasFindings.class;
  }

  @Override
  public List<String> trainingStages() {
    return List.of(EVALUATE);
  }

  @Override
  public MethodReport report(Store store, ExperimentDocument experiment, ExperimentView view) {
    List<String> drawings =
        rounds(store, new StagesOf(store, experiment).named(PRUNE))
            .map(round -> Supernet.parse(round.after()).svg())
            .toList();
    return TeNasReport.of(view, read(store, experiment), drawings);
  }

  private static Stream<RoundView> rounds(Store store, Optional<StageDocument> prune) {
    return prune
        .map(stage -> store.measurements().list(stage.key(), "round"))
        .orElse(List.of())
        .stream()
        .map(round -> Json.read(round.json(), RoundView.class));
  }

  @Override
  public TeNasFindings read(Store store, ExperimentDocument experiment) {
    TeNasSpecification specification =
        Json.read(experiment.specification(), TeNasSpecification.class);
    Supernet start = specification.supernet();
    StagesOf stages = new StagesOf(store, experiment);
    Optional<StageDocument> prune = stages.named(PRUNE);
    return new TeNasFindings(
        specification.method(),
        EdgeViews.all(start),
        start.labels(0),
        RoundReader.byEdge(start),
        prune.map(stage -> stage.progress().rounds()).orElse(0),
        rounds(store, prune).map(RoundReader::read).toList(),
        prune.map(TeNasFindingsReader::current).orElse(null),
        prune
            .map(StageDocument::result)
            .map(result -> found(result, experiment, specification))
            .orElse(null),
        stages
            .named(EVALUATE)
            .map(evaluate ->
                new TrainingsReader(store)
                    .read(evaluate, architecture -> cost(specification.space(), architecture)))
            .orElse(List.of()));
  }

  private static @Nullable CurrentRound current(StageDocument prune) {
    StageProgress progress = prune.progress();
    boolean measuring =
        prune.state() == StageState.RUNNING
            && progress.total() > 0
            && progress.round() < progress.rounds();
    return measuring ? new CurrentRound(progress.round(), progress.done(), progress.total()) : null;
  }

  private static TrainingsReader.Cost cost(String space, String architecture) {
    SearchSpace searched = SearchSpaces.named(space);
    Cost cost = searched.standardCost(searched.parse(architecture));
    return new TrainingsReader.Cost(cost.parameters(), cost.macs());
  }

  private static Found found(
      String pruneResult, ExperimentDocument experiment, TeNasSpecification specification) {
    SearchSpace searched = SearchSpaces.named(specification.space());
    Architecture architecture =
        searched.parse(Json.read(pruneResult, PruneResult.class).architecture());
    Cost cost = searched.standardCost(architecture);
    EdgeViews.Found left = EdgeViews.found(architecture);
    String result = experiment.result();
    TeNasResult report = result == null ? null : Json.read(result, TeNasResult.class);
    return new Found(
        architecture.canonical(),
        left.edges(),
        left.operators(),
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
