package dev.espalier.api.method.metatrain;

import dev.espalier.api.method.metatrain.MetaTrainFindings.MetaCurve;
import dev.espalier.api.method.metatrain.MetaTrainFindings.MetaFitView;
import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.report.Figures;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.report.Tile;
import dev.espalier.api.template.Templates;
import dev.espalier.workflows.method.metatrain.FoundTasks;
import dev.espalier.workflows.method.metatrain.MetaFitResult;
import dev.espalier.workflows.method.metatrain.MetaTrainResult.HeldOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a meta-training came to, on the page. */
record MetaTrainReport(@Nullable FoundTasks tasks, List<Model> models, List<HeldOut> heldOut) {
  MetaTrainReport {
    models = List.copyOf(models);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * One model.
   *
   * @param best what it came to, in words; empty until it is known
   * @param metrics of the kept epoch's validation, in words
   */
  record Model(String title, String best, Map<String, String> metrics, List<Chart> charts) {
    Model {
      metrics = new TreeMap<>(metrics);
      charts = List.copyOf(charts);
    }
  }

  static String tau(@Nullable Double kendall) {
    return kendall == null ? "–" : Figures.significant(kendall);
  }

  static MethodReport of(MetaTrainFindings findings) {
    MetaTrainReport report =
        new MetaTrainReport(
            findings.tasks(),
            List.of(
                model("The generator", findings.generator()),
                model("The predictor", findings.predictor())),
            findings.result() == null ? List.of() : findings.result().heldOut());
    return new MethodReport(tiles(findings), Templates.part("method/metatrain/report.jte", report));
  }

  private static Model model(String title, MetaFitView fit) {
    MetaFitResult result = fit.result();
    List<Chart> charts =
        List.of(
            chart("Training loss", "loss", fit, result, MetaCurve::loss),
            chart("Validation", "metric that chooses", fit, result, MetaCurve::validation));
    if (result == null) {
      return new Model(title, "", Map.of(), charts);
    }
    MetaFitResult.Run kept = result.kept();
    Map<String, String> metrics = new TreeMap<>();
    kept.curve().stream()
        .filter(point -> point.epoch() == kept.bestEpoch())
        .map(MetaFitResult.Point::validation)
        .filter(Objects::nonNull)
        .forEach(
            all -> all.forEach((name, value) -> metrics.put(name, Figures.significant(value))));
    return new Model(
        title,
        "%s %s in epoch %d of %d%s"
            .formatted(
                result.metric(),
                Figures.significant(kept.value()),
                kept.bestEpoch(),
                kept.epochs(),
                result.runs().size() == 1
                    ? ""
                    : ", training %d of %d".formatted(result.best() + 1, result.runs().size())),
        metrics,
        charts);
  }

  private static Chart chart(
      String title,
      String vertical,
      MetaFitView fit,
      @Nullable MetaFitResult result,
      Function<MetaCurve, List<double[]>> curve) {
    List<Series> series = new ArrayList<>();
    for (MetaCurve each : fit.trainings()) {
      boolean kept = result == null || result.kept().seed() == each.seed();
      series.add(
          new Series(
              kept ? "kept" : "other seeds",
              kept ? "found" : "other",
              true,
              curve.apply(each).stream()
                  .map(point -> new Point(point[0], point[1], Figures.significant(point[1])))
                  .toList()));
    }
    return new Chart(title, "epoch", vertical, series);
  }

  private static List<Tile> tiles(MetaTrainFindings findings) {
    List<Tile> tiles = new ArrayList<>();
    for (MetaFitView each : List.of(findings.generator(), findings.predictor())) {
      MetaFitResult result = each.result();
      if (result != null) {
        tiles.add(
            new Tile(result.model(), Figures.significant(result.kept().value()), result.metric()));
      }
    }
    FoundTasks tasks = findings.tasks();
    if (tasks != null) {
      tiles.add(
          new Tile(
              "tasks",
              Figures.count(tasks.tasks()),
              "%s rows".formatted(Figures.count(tasks.predictorRows()))));
    }
    return tiles;
  }
}
