package dev.espalier.api.method.tenas;

import dev.espalier.api.method.tenas.TeNasFindings.Found;
import dev.espalier.api.report.Drawn;
import dev.espalier.api.report.Figures;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.report.Tile;
import dev.espalier.api.template.Templates;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.TrainingView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What TE-NAS found, on the page. */
record TeNasReport(@Nullable Drawn cell, AccuracySection accuracy, RoundsSection rounds) {

  /**
   * @param drawings the supernet after each round, as SVG
   */
  static MethodReport of(ExperimentView view, TeNasFindings findings, List<String> drawings) {
    Found found = findings.found();
    TeNasReport report =
        new TeNasReport(
            found == null ? null : Drawn.of(view, found.architecture()),
            AccuracySection.of(view, findings),
            new RoundsSection(findings, drawings));
    return new MethodReport(tiles(findings), Templates.part("method/tenas/report.jte", report));
  }

  private static List<Tile> tiles(TeNasFindings findings) {
    List<Tile> tiles = new ArrayList<>();
    findings.trainings().stream()
        .filter(TrainingView::ofFound)
        .findFirst()
        .ifPresent(trained -> {
          String figure = Figures.accuracy(trained.testAccuracy());
          tiles.add(new Tile("test accuracy", figure, "found cell"));
        });
    AccuracySection.comparison(findings.trainings())
        .ifPresent(random ->
            tiles.add(
                new Tile(
                    "test accuracy",
                    Figures.percent(random.testMean(), random.testDeviation()),
                    random.count() + " random cells, same training")));
    Found found = findings.found();
    if (found != null) {
      found(tiles, found);
    }
    return tiles;
  }

  private static void found(List<Tile> tiles, Found found) {
    tiles.add(new Tile("NTK condition", condition(found.condition()), "lower trains more easily"));
    Double regions = found.regions();
    if (regions != null) {
      tiles.add(new Tile("linear regions", Figures.significant(regions), "higher expresses more"));
    }
    tiles.add(
        new Tile(
            "parameters", Figures.large(found.parameters()), Figures.count(found.parameters())));
    tiles.add(new Tile("multiply-adds", Figures.large(found.macs()), Figures.count(found.macs())));
  }

  private static String condition(@Nullable Double condition) {
    return condition == null ? "singular" : Figures.significant(condition);
  }
}
