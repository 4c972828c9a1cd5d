package dev.espalier.cli.command;

import dev.espalier.activities.report.EvolutionFindings;
import dev.espalier.activities.report.EvolutionFindings.Curve;
import dev.espalier.activities.report.EvolutionFindings.Sample;
import dev.espalier.activities.report.EvolutionFindings.Winner;
import dev.espalier.api.view.Architectures;
import dev.espalier.api.view.EvolutionPlots;
import dev.espalier.api.view.EvolutionPlots.CurvePlot;
import dev.espalier.api.view.EvolutionPlots.SamplePlot;
import dev.espalier.api.view.EvolutionPlots.WinnerPlot;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.evolution.EvolutionSpecification;

/** What evolution on a predictor found, for a report. */
final class EvolutionAssembly {

  private EvolutionAssembly() {}

  static EvolutionFindings of(ExperimentView view, EvolutionPlots plots) {
    WinnerPlot winner = plots.winner();
    return new EvolutionFindings(
        Json.read(view.specification().toString(), EvolutionSpecification.class),
        sample(plots.sample()),
        plots.predictor(),
        plots.searches(),
        plots.front(),
        winner == null ? null : winner(winner, view.space()),
        plots.trainings().stream().map(ReportAssembly::trained).toList(),
        plots.difference());
  }

  private static Sample sample(SamplePlot sample) {
    return new Sample(
        sample.evaluated(),
        sample.failed(),
        sample.rungs(),
        sample.architectures(),
        sample.best(),
        sample.curves().stream().map(EvolutionAssembly::curve).toList());
  }

  private static Curve curve(CurvePlot curve) {
    return new Curve(
        curve.architecture(),
        ReportAssembly.points(curve.loss()),
        ReportAssembly.points(curve.validation()));
  }

  private static Winner winner(WinnerPlot winner, String space) {
    return new Winner(
        winner.architecture(),
        Architectures.parse(space, winner.architecture()).svg(),
        winner.strategy(),
        winner.predicted(),
        winner.macs(),
        winner.parameters(),
        winner.latency(),
        winner.warning());
  }
}
