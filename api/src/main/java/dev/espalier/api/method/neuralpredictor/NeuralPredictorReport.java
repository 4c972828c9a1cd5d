package dev.espalier.api.method.neuralpredictor;

import dev.espalier.api.report.Drawn;
import dev.espalier.api.report.Figures;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.report.Tile;
import dev.espalier.api.template.Templates;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Regret;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Neural Predictor came to, on the page. */
record NeuralPredictorReport(
    @Nullable Drawn chosen,
    @Nullable NeuralPredictorResult result,
    CascadeSection cascade,
    RankingSection ranking) {

  static MethodReport of(ExperimentView view, NeuralPredictorFindings findings) {
    NeuralPredictorResult result = findings.result();
    NeuralPredictorReport report =
        new NeuralPredictorReport(
            result == null ? null : Drawn.of(view, result.architecture()),
            result,
            new CascadeSection(findings),
            new RankingSection(findings));
    return new MethodReport(
        result == null ? List.of() : tiles(result),
        Templates.part("method/neuralpredictor/report.jte", report));
  }

  private static List<Tile> tiles(NeuralPredictorResult result) {
    List<Tile> tiles = new ArrayList<>();
    Accuracy accuracy = result.accuracy();
    if (accuracy != null) {
      tiles.add(new Tile("test accuracy", Figures.percent(accuracy.test()), place(result)));
    }
    tiles.add(new Tile("validation accuracy", Figures.percent(result.validation()), "which chose"));
    Regret regret = result.regret();
    if (regret != null) {
      tiles.add(
          new Tile(
              "regret",
              Cascades.points(regret.validation()),
              "below the best of the table, %s".formatted(Figures.percent(regret.best()))));
    }
    tiles.add(
        new Tile(
            "Kendall's tau",
            Cascades.figure(result.tau()),
            "of %s, by cross validation".formatted(result.predictor())));
    tiles.add(new Tile("evaluations", Figures.count(result.evaluations()), failed(result)));
    tiles.add(
        new Tile(
            "parameters",
            Figures.large(result.parameters()),
            "%s multiply-adds".formatted(Figures.large(result.macs()))));
    return tiles;
  }

  /** Where the chosen comes from: {@code ranked 3rd of all} or {@code a training cell}. */
  static String place(NeuralPredictorResult result) {
    return result.rank() == null ? "a training cell" : "ranked no. %d".formatted(result.rank());
  }

  private static String failed(NeuralPredictorResult result) {
    return result.failed() == 0
        ? "to learn from, and of the best ranked"
        : "%d more failed".formatted(result.failed());
  }
}
