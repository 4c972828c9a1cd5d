package dev.espalier.api.method.random;

import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.report.CostPlot;
import dev.espalier.api.report.Drawn;
import dev.espalier.api.report.Figures;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.report.Tile;
import dev.espalier.api.template.Templates;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.SampleView;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.random.RandomResult;
import dev.espalier.workflows.method.random.RandomResult.Expected;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What random search came to, on the page. */
record RandomReport(@Nullable Drawn best, SampleView sample, List<Chart> charts) {
  RandomReport {
    charts = List.copyOf(charts);
  }

  static MethodReport of(ExperimentView view, RandomFindings findings) {
    RandomResult result = findings.result();
    List<Chart> charts = new ArrayList<>();
    charts.add(CostPlot.of(scatter(findings.sample())));
    if (result != null) {
      charts.add(expected(result));
    }
    RandomReport report =
        new RandomReport(
            result == null ? null : Drawn.of(view, result.architecture()),
            findings.sample(),
            charts);
    return new MethodReport(
        result == null ? List.of() : tiles(result),
        Templates.part("method/random/report.jte", report));
  }

  private static List<Tile> tiles(RandomResult result) {
    List<Tile> tiles = new ArrayList<>();
    Accuracy accuracy = result.accuracy();
    if (accuracy != null) {
      tiles.add(
          new Tile(
              "test accuracy",
              Figures.percent(accuracy.test()),
              "of the best of %s".formatted(Figures.count(result.evaluated()))));
    }
    tiles.add(
        new Tile(
            "validation accuracy", Figures.percent(result.validation()), "which chose the best"));
    Expected all = result.expected().getLast();
    tiles.add(
        new Tile(
            "expected best",
            Figures.percent(all.validation()),
            "validation, of %s draws".formatted(Figures.count(all.architectures()))));
    tiles.add(
        new Tile(
            "parameters", Figures.large(result.parameters()), Figures.count(result.parameters())));
    tiles.add(
        new Tile("multiply-adds", Figures.large(result.macs()), Figures.count(result.macs())));
    return tiles;
  }

  /** {@code , 3 more failed}; empty where none has. */
  String failed() {
    return sample.failed() == 0 ? "" : ", %d more failed".formatted(sample.failed());
  }

  private static List<Series> scatter(SampleView sample) {
    List<Series> series = new ArrayList<>();
    series.add(new Series("evaluated", "other", false, CostPlot.points(sample.architectures())));
    Row best = sample.best();
    if (best != null) {
      series.add(new Series("best", "found", false, CostPlot.points(List.of(best))));
    }
    return series;
  }

  private static Chart expected(RandomResult result) {
    return new Chart(
        "Expected best by number of draws",
        "architectures drawn",
        "accuracy (%)",
        List.of(
            curve("test", "other", result, Expected::test),
            curve("validation", "found", result, Expected::validation)));
  }

  private static Series curve(
      String name,
      String style,
      RandomResult result,
      Function<Expected, @Nullable Double> accuracy) {
    List<Point> points = new ArrayList<>();
    for (Expected each : result.expected()) {
      Double value = accuracy.apply(each);
      if (value != null) {
        points.add(
            new Point(
                each.architectures(),
                100 * value,
                "%s of %d: %s".formatted(name, each.architectures(), Figures.percent(value))));
      }
    }
    return new Series(name, style, true, points);
  }
}
