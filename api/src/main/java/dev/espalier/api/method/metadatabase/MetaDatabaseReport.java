package dev.espalier.api.method.metadatabase;

import dev.espalier.api.method.metadatabase.MetaDatabaseFindings.TaskFindings;
import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.report.Figures;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.report.Tile;
import dev.espalier.api.template.Templates;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.search.method.metadatabase.FeatureSettings;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the making of a meta-database came to, on the page. */
record MetaDatabaseReport(
    MetaDatabaseFindings findings,
    @Nullable MetaDatabaseResult result,
    List<StageView> stages,
    List<Chart> charts) {
  MetaDatabaseReport {
    stages = List.copyOf(stages);
    charts = List.copyOf(charts);
  }

  static MethodReport of(ExperimentView view, MetaDatabaseFindings findings) {
    MetaDatabaseResult result = findings.result();
    List<Chart> charts = new ArrayList<>();
    charts.add(tasks(findings.shown()));
    if (result != null) {
      charts.add(distribution(result.databases()));
    }
    charts.add(encoder(findings.encoder()));
    MetaDatabaseReport report = new MetaDatabaseReport(findings, result, view.stages(), charts);
    return new MethodReport(
        result == null ? List.of() : tiles(result),
        Templates.part("method/metadatabase/report.jte", report));
  }

  private static List<Tile> tiles(MetaDatabaseResult result) {
    AssembledDatabases databases = result.databases();
    return List.of(
        new Tile(
            "evaluations",
            Figures.count(result.evaluated()),
            "on %s tasks%s".formatted(Figures.count(result.tasks()), failed(result))),
        new Tile(
            "mean accuracy",
            Figures.percent(databases.mean(), databases.deviation()),
            "on validation images"),
        new Tile("the best", Figures.percent(databases.best().accuracy()), databases.best().name()),
        new Tile(
            "features",
            Figures.count(result.features().width()),
            "numbers of each of %s images".formatted(Figures.count(result.features().images()))));
  }

  private static String failed(MetaDatabaseResult result) {
    return result.failed() == 0 ? "" : ", %d more failed".formatted(result.failed());
  }

  /** Where the accuracies of each task lie. */
  private static Chart tasks(List<TaskFindings> tasks) {
    List<Point> all = new ArrayList<>();
    List<Point> best = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      TaskFindings task = tasks.get(i);
      for (double accuracy : task.accuracies()) {
        all.add(
            new Point(
                i + 1, 100 * accuracy, "%s: %s".formatted(task.name(), Figures.percent(accuracy))));
      }
      Double highest = task.best();
      if (highest != null) {
        best.add(
            new Point(
                i + 1,
                100 * highest,
                "the best of %s: %s".formatted(task.name(), Figures.percent(highest))));
      }
    }
    return new Chart(
        "Accuracies by task",
        "task",
        "accuracy (%)",
        List.of(new Series("all", "other", false, all), new Series("best", "found", false, best)));
  }

  private static Chart distribution(AssembledDatabases databases) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < databases.histogram().size(); i++) {
      int count = databases.histogram().get(i);
      points.add(
          new Point(
              10 * i + 5,
              count,
              "%d to %d %%: %s".formatted(10 * i, 10 * i + 10, Figures.count(count))));
    }
    return new Chart(
        "Distribution of accuracies",
        "accuracy (%)",
        "evaluations",
        List.of(new Series("evaluations", "found", true, points)));
  }

  private static Chart encoder(List<double[]> curve) {
    List<Point> points =
        curve.stream()
            .map(point -> new Point(point[0], 100 * point[1], Figures.percent(point[1])))
            .toList();
    return new Chart(
        "The encoder while training",
        "epoch",
        "validation accuracy (%)",
        List.of(new Series("encoder", "found", true, points)));
  }

  /** The seconds of a stage and its share of all. */
  String share(StageView stage) {
    double all = stages.stream().mapToDouble(StageView::seconds).sum();
    return all == 0 ? "" : "%.0f %%".formatted(100 * stage.seconds() / all);
  }

  /** What computed the features. */
  Optional<String> encoderInWords() {
    return Optional.ofNullable(result)
        .map(MetaDatabaseResult::encoder)
        .map(encoder ->
            switch (encoder.source()) {
              case FeatureSettings.TRAINED ->
                  "The features are those of an encoder that was trained on the classes of the data (%s)."
                      .formatted(encoder.network());
              case FeatureSettings.WEIGHTS ->
                  "The features are those of the imported weights %s.".formatted(encoder.network());
              default -> "The features were imported.";
            });
  }
}
