package dev.espalier.api.method.training;

import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Drawn;
import dev.espalier.api.report.Figures;
import dev.espalier.api.report.LearningCurves;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.report.Tile;
import dev.espalier.api.template.Templates;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.TrainingView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training came to, on the page.
 *
 * @param curves how it learned; empty while nothing is known of it
 */
record TrainingReport(Drawn drawn, List<Chart> curves) {
  TrainingReport {
    curves = List.copyOf(curves);
  }

  static MethodReport of(ExperimentView view, TrainingFindings findings) {
    TrainingView trained = findings.training();
    boolean learned = trained != null && !trained.validation().isEmpty();
    TrainingReport report =
        new TrainingReport(
            Drawn.of(view, findings.architecture()),
            learned ? LearningCurves.of(List.of(trained)) : List.of());
    return new MethodReport(tiles(findings), Templates.part("method/training/report.jte", report));
  }

  private static List<Tile> tiles(TrainingFindings findings) {
    List<Tile> tiles = new ArrayList<>();
    TrainingView trained = findings.training();
    if (trained != null) {
      tiles.add(accuracy("test accuracy", trained.testAccuracy(), "images never looked at before"));
      tiles.add(
          accuracy(
              "validation accuracy",
              trained.validationAccuracy(),
              "after %d epochs".formatted(findings.epochs())));
    }
    tiles.add(
        new Tile(
            "parameters",
            Figures.large(findings.parameters()),
            Figures.count(findings.parameters())));
    tiles.add(
        new Tile("multiply-adds", Figures.large(findings.macs()), Figures.count(findings.macs())));
    return tiles;
  }

  private static Tile accuracy(String name, @Nullable Double ratio, String note) {
    return new Tile(name, ratio == null ? "none yet" : Figures.percent(ratio), note);
  }
}
