package dev.espalier.api.method.training;

import static org.apache.commons.text.StringEscapeUtils.escapeXml11;

import dev.espalier.api.report.Figures;
import dev.espalier.api.report.LearningCurves;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.report.Tile;
import dev.espalier.api.view.Architectures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.TrainingView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a training came to, on the page. */
final class TrainingReport {

  private TrainingReport() {}

  static MethodReport of(ExperimentView view, TrainingFindings findings) {
    return new MethodReport(tiles(findings), sections(view, findings));
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

  private static String sections(ExperimentView view, TrainingFindings findings) {
    TrainingView trained = findings.training();
    return """
    <section>
    <h2>The architecture</h2>
    <p><code class="architecture">%s</code></p>
    <div class="drawing">%s</div>
    </section>
    """
            .formatted(
                escapeXml11(findings.architecture()),
                Architectures.parse(view.space(), findings.architecture()).svg())
        + (trained == null || trained.validation().isEmpty()
            ? ""
            : """
            <section>
            <h2>Learning</h2>
            <div class="charts">
            %s</div>
            </section>
            """
                .formatted(LearningCurves.of(List.of(trained))));
  }
}
