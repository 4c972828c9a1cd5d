package dev.espalier.cli.command;

import dev.espalier.activities.report.PruningFindings;
import dev.espalier.activities.report.PruningFindings.Candidate;
import dev.espalier.activities.report.PruningFindings.Found;
import dev.espalier.activities.report.PruningFindings.Round;
import dev.espalier.activities.report.PruningFindings.Tabulated;
import dev.espalier.api.view.Architectures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.TeNasPlots;
import dev.espalier.api.view.TeNasPlots.CandidatePlot;
import dev.espalier.api.view.TeNasPlots.EdgeView;
import dev.espalier.api.view.TeNasPlots.FoundPlot;
import dev.espalier.api.view.TeNasPlots.RoundPlot;
import dev.espalier.search.space.Supernet;
import dev.espalier.search.space.darts.DartsMask;
import dev.espalier.search.space.darts.DartsOperator;
import dev.espalier.search.space.nasbench201.Edge;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.space.nasbench201.OperatorMask;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What TE-NAS found, for a report. */
final class PruningAssembly {

  private PruningAssembly() {}

  static PruningFindings of(ExperimentView view, TeNasPlots plots) {
    FoundPlot found = plots.found();
    return new PruningFindings(
        plots.rounds().stream().map(round -> round(round, plots.edges())).toList(),
        found == null ? null : found(found, view.space()),
        plots.trainings().stream().map(ReportAssembly::trained).toList(),
        tabulated(view, found));
  }

  private static Round round(RoundPlot round, List<EdgeView> edges) {
    return new Round(
        round.round() + 1,
        round.condition(),
        round.regions(),
        round.candidates().stream().map(each -> candidate(each, edges)).toList(),
        supernet(round.after()).svg());
  }

  /** The supernet with these operators left, of the space whose edges these are. */
  private static Supernet supernet(List<List<String>> operatorsByEdge) {
    return operatorsByEdge.size() == Edge.ALL.size()
        ? new OperatorMask(sets(operatorsByEdge, Operator::parse))
        : new DartsMask(sets(operatorsByEdge, DartsOperator::parse));
  }

  private static <T> List<Set<T>> sets(
      List<List<String>> operatorsByEdge, Function<String, T> parse) {
    return operatorsByEdge.stream()
        .map(labels -> labels.stream().map(parse).collect(Collectors.<T>toSet()))
        .toList();
  }

  private static Candidate candidate(CandidatePlot candidate, List<EdgeView> edges) {
    EdgeView edge = edges.get(candidate.edge());
    return new Candidate(
        (edge.cell() == null ? "" : edge.cell() + " ") + edge.target() + "←" + edge.source(),
        candidate.operator(),
        candidate.conditionDelta(),
        candidate.regionDelta(),
        candidate.conditionRank(),
        candidate.regionRank(),
        candidate.singular(),
        candidate.removed());
  }

  private static Found found(FoundPlot found, String space) {
    return new Found(
        found.architecture(),
        Architectures.parse(space, found.architecture()).svg(),
        found.condition(),
        found.regions(),
        found.parameters(),
        found.macs());
  }

  private static List<Tabulated> tabulated(ExperimentView view, @Nullable FoundPlot found) {
    String table = view.specification().at("/evaluation/table").asText();
    return found == null
        ? List.of()
        : found.table().stream()
            .map(column -> new Tabulated(table, column.column(), column.accuracy()))
            .toList();
  }
}
