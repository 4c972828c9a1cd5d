package dev.espalier.api.method.neuralpredictor;

import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.report.Figures;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Regret;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Step;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.method.neuralpredictor.RankedCells;
import dev.espalier.workflows.method.neuralpredictor.RankedCells.Ranked;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ranking, what its best came to, and how the evaluations came to the chosen. */
record RankingSection(NeuralPredictorFindings findings) {
  private static final int MOST_LINES = 10;

  @Nullable RankResult ranking() {
    return findings.ranking();
  }

  /** {@code 15,453 cells, of which the classifier rejected 7,302}. */
  String size() {
    RankResult ranking = findings.ranking();
    return ranking == null
        ? ""
        : ranking.rejected() == 0
            ? "%s architectures".formatted(Figures.count(ranking.ranked()))
            : "%s architectures, after the filter had rejected %s"
                .formatted(Figures.count(ranking.ranked()), Figures.count(ranking.rejected()));
  }

  /** One of the best ranked; accuracies are null before it is evaluated. */
  record Line(
      int rank,
      String architecture,
      double predicted,
      @Nullable Double validation,
      @Nullable Double test) {}

  List<Line> lines() {
    RankedCells cells = findings.cells();
    if (cells == null) {
      return List.of();
    }
    Map<String, Row> rows = new TreeMap<>();
    findings.top().architectures().forEach(row -> rows.put(row.architecture(), row));
    List<Line> lines = new ArrayList<>();
    for (Ranked each : cells.top().stream().limit(MOST_LINES).toList()) {
      Row row = rows.get(each.architecture());
      lines.add(
          new Line(
              lines.size() + 1,
              each.architecture(),
              each.predicted(),
              row == null ? null : row.validationAccuracy(),
              row == null ? null : row.testAccuracy()));
    }
    return lines;
  }

  List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    RankedCells cells = findings.cells();
    if (cells != null && !cells.judged().isEmpty()) {
      charts.add(
          CascadeSection.agreement("Predicted and measured, held-out cells", cells.judged()));
    }
    NeuralPredictorResult result = findings.result();
    if (result != null) {
      charts.add(grown(result));
    }
    return charts;
  }

  /** Regret where the best is known, else the best so far. */
  private static Chart grown(NeuralPredictorResult result) {
    Regret regret = result.regret();
    List<Point> points = new ArrayList<>();
    double before = Double.NaN;
    for (Step step : result.steps()) {
      double value = 100 * (regret == null ? step.validation() : regret.best() - step.validation());
      String title =
          "%d evaluations: %s".formatted(step.evaluations(), Figures.percent(step.validation()));
      if (!Double.isNaN(before)) {
        points.add(new Point(step.evaluations(), before, title));
      }
      points.add(new Point(step.evaluations(), value, title));
      before = value;
    }
    return new Chart(
        regret == null ? "Best so far by evaluations" : "Regret by evaluations",
        "evaluations",
        regret == null ? "validation accuracy (%)" : "below the best (points)",
        List.of(new Series("chosen by validation", "found", true, points)));
  }
}
