package dev.espalier.api.method.neuralpredictor;

import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.search.method.neuralpredictor.FitSettings;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.ClassifierResult;
import dev.espalier.workflows.method.neuralpredictor.Confusion;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The classifier and the predictor: how they were chosen, and how good they are. */
record CascadeSection(NeuralPredictorFindings findings) {

  @Nullable MeasuredIndicators indicators() {
    return findings.indicators();
  }

  @Nullable CellPredictorResult predictor() {
    return findings.predictor();
  }

  /** Null where none was trained. */
  @Nullable ClassifierResult classifier() {
    ClassifierResult classifier = findings.classifier();
    return classifier == null || classifier.model() == null ? null : classifier;
  }

  /** What a classifier did, on whom. */
  record Counted(String on, Confusion confusion) {}

  /** How the classifier did on held-out training cells and on the table's held-out cells. */
  List<Counted> counted() {
    List<Counted> counted = new ArrayList<>();
    ClassifierResult classifier = findings.classifier();
    if (classifier != null && classifier.folds() != null) {
      counted.add(new Counted("held-out folds", classifier.folds()));
    }
    RankResult ranking = findings.ranking();
    if (ranking != null && ranking.classifier() != null) {
      counted.add(new Counted("held-out cells", ranking.classifier()));
    }
    return counted;
  }

  boolean isChosen(int point) {
    CellPredictorResult predictor = findings.predictor();
    return predictor != null && predictor.chosen() == point;
  }

  List<Chart> charts() {
    CellPredictorResult predictor = findings.predictor();
    if (predictor == null) {
      return List.of();
    }
    Chart heldOut = agreement("Predicted and measured, held-out folds", predictor.heldOut());
    return FitSettings.hasEpochs(predictor.kind())
        ? List.of(heldOut, losses(predictor))
        : List.of(heldOut);
  }

  /** Predictions against what is true, in percent, with the line where both are equal. */
  static Chart agreement(String title, List<Prediction> predictions) {
    double[] all =
        predictions.stream()
            .flatMapToDouble(each -> DoubleStream.of(each.predicted(), each.measured()))
            .toArray();
    double least = 100 * DoubleStream.of(all).min().orElse(0);
    double most = 100 * DoubleStream.of(all).max().orElse(1);
    List<Point> points =
        predictions.stream()
            .map(each ->
                new Point(100 * each.measured(), 100 * each.predicted(), each.architecture()))
            .toList();
    return new Chart(
        title,
        "measured (%)",
        "predicted (%)",
        points.isEmpty()
            ? List.of()
            : List.of(
                new Series(
                    "equal",
                    "other",
                    true,
                    List.of(new Point(least, least, "equal"), new Point(most, most, "equal"))),
                new Series("cells", "found", false, points)));
  }

  private static Chart losses(CellPredictorResult predictor) {
    List<Double> losses = predictor.fitted().losses();
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      double root = 100 * Math.sqrt(losses.get(i));
      points.add(new Point(i + 1, root, "%.2f points".formatted(root)));
    }
    return new Chart(
        "The predictor learns",
        "epoch",
        "error on its cells (points)",
        List.of(new Series(predictor.kind(), "found", true, points)));
  }
}
