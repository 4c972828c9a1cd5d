package dev.espalier.api.method.evolution;

import dev.espalier.api.method.evolution.EvolutionFindings.Winner;
import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.report.CostPlot;
import dev.espalier.api.report.Figures;
import dev.espalier.api.view.SampleView;
import dev.espalier.api.view.SampleView.Curve;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** All trained networks, the winner among them, and how they learned. */
record SampleSection(EvolutionSpecification specification, EvolutionFindings findings) {
  boolean isEmpty() {
    return findings.sample().architectures().isEmpty();
  }

  /** How many were trained and under which terms. */
  String terms() {
    SampleView sample = findings.sample();
    return Figures.count(sample.evaluated())
        + " random architectures within the budget were trained"
        + (sample.failed() == 0 ? "" : ", %d more failed".formatted(sample.failed()))
        + EvolutionTerms.limits(specification).map(most -> ": " + most).orElse("")
        + EvolutionTerms.halving(specification)
            .map(rungs -> ". Successive halving: " + rungs)
            .orElse(". The predictor learned from their validation accuracy");
  }

  List<Chart> charts() {
    SampleView sample = findings.sample();
    return List.of(
        CostPlot.of(scatter(findings)),
        curves("Validation accuracy while training", "accuracy (%)", sample, 100),
        curves("Training loss", "loss", sample, 1));
  }

  private static List<Series> scatter(EvolutionFindings findings) {
    SampleView sample = findings.sample();
    List<Series> series = new ArrayList<>();
    series.add(new Series("trained", "other", false, CostPlot.points(sample.architectures())));
    series.add(new Series("best at its cost", "faint", true, CostPlot.points(front(sample))));
    Row best = sample.best();
    if (best != null) {
      series.add(
          new Series("best of the sample", "removed", false, CostPlot.points(List.of(best))));
    }
    Winner winner = findings.winner();
    if (winner != null) {
      Finals.of(findings.trainings())
          .found()
          .ifPresent(found ->
              series.add(
                  new Series(
                      "winner",
                      "found",
                      false,
                      List.of(
                          CostPlot.point(
                              winner.macs(), found.meanValidation(), winner.architecture())))));
    }
    return series;
  }

  /** Those that went furthest, of which none is beaten in both accuracy and cost. */
  private static List<Row> front(SampleView sample) {
    List<Row> front = new ArrayList<>();
    double most = Double.NEGATIVE_INFINITY;
    for (Row row :
        sample.architectures().stream().sorted(Comparator.comparingLong(Row::macs)).toList()) {
      Double accuracy = row.validationAccuracy();
      if (accuracy != null && row.rung() == sample.rungs() - 1 && accuracy > most) {
        most = accuracy;
        front.add(row);
      }
    }
    return front;
  }

  private static Chart curves(String title, String vertical, SampleView sample, double factor) {
    Function<Curve, List<double[]>> of = factor == 1 ? Curve::loss : Curve::validation;
    return new Chart(
        title,
        "epoch",
        vertical,
        sample.curves().stream()
            .map(curve ->
                new Series(
                    "trained",
                    "faint",
                    true,
                    of.apply(curve).stream()
                        .map(point -> new Point(point[0], factor * point[1], curve.architecture()))
                        .toList()))
            .toList());
  }
}
