package dev.espalier.api.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.api.report.HtmlReport;
import dev.espalier.api.report.Reported;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.SampleView;
import dev.espalier.search.method.neuralpredictor.FitSettings;
import dev.espalier.search.method.neuralpredictor.InputIndicators;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult.Fit;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult.Point;
import dev.espalier.workflows.method.neuralpredictor.ClassifierResult;
import dev.espalier.workflows.method.neuralpredictor.Confusion;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Regret;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Step;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.method.neuralpredictor.RankResult.Filtered;
import dev.espalier.workflows.method.neuralpredictor.RankResult.Judged;
import dev.espalier.workflows.method.neuralpredictor.RankedCells;
import dev.espalier.workflows.method.neuralpredictor.RankedCells.Ranked;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NeuralPredictorReportTest {
  private static final String CELL =
      "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|avg_pool_3x3~1|nor_conv_3x3~2|";
  private static final SampleView NOTHING =
      new SampleView(2, 0, 0, 1, List.of(3), List.of(), null, List.of());

  private static String page(NeuralPredictorFindings findings) {
    ExperimentView view = Reported.completed("neural-predictor", "nas-bench-201").view("{}");
    return HtmlReport.render(view, NeuralPredictorReport.of(view, findings));
  }

  private static FitSettings settings(int epochs) {
    return new FitSettings("forest", "all", epochs, 0, 0, 0);
  }

  private static CellPredictorResult predictor() {
    return predictor("neural-predictor");
  }

  private static CellPredictorResult predictor(String kind) {
    return new CellPredictorResult(
        kind,
        1,
        List.of(
            new Point(settings(0), 5, 0.412, null, null, 0.02),
            new Point(settings(300), 5, 0.712, 0.612, 0.803, 0.011)),
        new Fit("m", 172, List.of(0.04, 0.01)),
        null,
        List.of(new Prediction(CELL, 0.9, 0.91), new Prediction("other", 0.8, 0.7)));
  }

  private static NeuralPredictorResult result(@Nullable Regret regret, @Nullable Integer rank) {
    return new NeuralPredictorResult(
        CELL,
        1_073_466,
        153_000_000,
        rank,
        0.9,
        222,
        0,
        0.912,
        new Accuracy(0.912, 0.94),
        0.9,
        "forest",
        0.712,
        List.of(new Step(1, 0.5, 0.4), new Step(190, 0.912, 0.94)),
        regret,
        null);
  }

  private static NeuralPredictorFindings whole() {
    Row row = new Row(CELL, "e", 153, 1, 0, null, 0.912, 0.94);
    return new NeuralPredictorFindings(
        "neural-predictor",
        null,
        null,
        NOTHING,
        new ClassifierResult("forest", 0.88, 172, 86, "m", new Confusion(40, 10, 5, 30), List.of()),
        predictor(),
        new RankResult(
            2,
            "list",
            "rows",
            7_000,
            8_453,
            new Judged(15_453, 0.734, 0.0125),
            new Confusion(60, 40, 20, 80),
            List.of(
                new Filtered(
                    "none", 15_453, new Judged(15_453, 0.7, 0.02), CELL, 0.91, 0.93, 0.002),
                new Filtered(
                    "classifier", 7_000, new Judged(7_000, 0.5, 0.01), CELL, 0.912, null, 0.0),
                new Filtered("true-accuracy", 1, null, CELL, 0.912, 0.94, 0.0))),
        new RankedCells(
            List.of(new Ranked(CELL, 0.905), new Ranked("second", 0.9)),
            List.of(new Prediction(CELL, 0.9, 0.91))),
        new SampleView(2, 1, 0, 1, List.of(3), List.of(row), row, List.of()),
        result(new Regret(0.92, 0.008, 0.95, 0.01), 3),
        new MeasuredIndicators(
            List.of("naswot", "jacov", "synflow"),
            9_445,
            378,
            new InputIndicators(List.of("naswot"), 8, 1, 32, 16, 50, 1)));
  }

  @Test
  void showsTheChosenTheRankingTheCascadeAndTheFiltersSideBySide() {
    assertThat(page(whole()))
        .contains("<h2>The chosen</h2>", CELL, "94.00 %", "ranked no. 3", "0.80 points")
        .contains("7,000 architectures, after the filter had rejected 8,453")
        .contains("15,453 held-out cells", "<strong>0.734</strong>", "1.25 points")
        .contains("true-accuracy", "no search can")
        .contains("80.00 %", "88.89 %", "60.00 %", "75.00 %") // precision and recall, both ways
        .contains("300 epochs", "0.612 to 0.803", "as published")
        .contains("Regret by evaluations", "Predicted and measured, held-out cells")
        .contains("The predictor learns", "Predicted and measured, held-out folds");
  }

  @Test
  void saysWhatThePredictorReadsBesideGraphsAndWhatItCost() {
    assertThat(page(whole()).replaceAll("\\s+", " "))
        .contains(
            "Beside graphs it reads naswot, jacov and synflow, measured of 9,445 architectures",
            "0.040 CPU seconds each",
            "<strong>6 min 18 s</strong> of CPU time in all (C=8, N=1, 32 images of 16x16)");
  }

  @Test
  void showsTheBestSoFarWhereNobodyKnowsTheBest() {
    NeuralPredictorFindings findings =
        new NeuralPredictorFindings(
            "neural-predictor",
            null,
            null,
            NOTHING,
            new ClassifierResult("", 0.5, 16, 8, null, null, List.of()),
            predictor("forest"),
            new RankResult(2, "list", "rows", 15_609, 0, null, null, List.of()),
            new RankedCells(List.of(new Ranked(CELL, 0.5)), List.of()),
            NOTHING,
            result(null, null),
            null);
    assertThat(page(findings))
        .contains("Best so far by evaluations", "a training cell", "15,609 architectures.")
        .doesNotContain(
            "regret", "The classifier</h2>", "side by side", "held-out cells of the table")
        .doesNotContain("Beside graphs")
        .doesNotContain("The predictor learns"); // a forest has no epochs
  }

  @Test
  void showsWhatThereIsBeforeTheEnd() {
    NeuralPredictorFindings findings =
        new NeuralPredictorFindings(
            "neural-predictor", null, null, NOTHING, null, null, null, null, NOTHING, null, null);
    assertThat(page(findings)).doesNotContain("The chosen", "The predictor", "The ranking");
  }
}
