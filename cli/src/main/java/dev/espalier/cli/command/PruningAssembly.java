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
import dev.espalier.search.space.SearchSpaces;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What TE-NAS found, for a report. */
final class PruningAssembly {

  private PruningAssembly() {}

  static PruningFindings of(ExperimentView view, TeNasPlots plots) {
    FoundPlot found = plots.found();
    return new PruningFindings(
        plots.rounds().stream().map(round -> round(round, plots.edges(), view.space())).toList(),
        found == null ? null : found(found, view.space()),
        plots.trainings().stream().map(ReportAssembly::trained).toList(),
        tabulated(view, found));
  }

  private static Round round(RoundPlot round, List<EdgeView> edges, String space) {
    return new Round(
        round.round() + 1,
        round.condition(),
        round.regions(),
        round.candidates().stream().map(each -> candidate(each, edges)).toList(),
        SearchSpaces.prunable(space).supernet(round.after()).svg());
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
