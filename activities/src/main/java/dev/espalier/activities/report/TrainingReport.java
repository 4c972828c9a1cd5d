package dev.espalier.activities.report;

import dev.espalier.activities.report.ReportModel.Trained;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a training came to, on the page. */
final class TrainingReport {

  private TrainingReport() {}

  static List<String> tiles(TrainingFindings findings) {
    List<String> tiles = new ArrayList<>();
    Trained trained = findings.trained();
    if (trained != null) {
      tiles.add(accuracy("test accuracy", trained.testAccuracy(), "images never looked at before"));
      tiles.add(
          accuracy(
              "validation accuracy",
              trained.validationAccuracy(),
              "after %d epochs".formatted(findings.epochs())));
    }
    tiles.add(
        HtmlReport.tile(
            "parameters",
            Figures.large(findings.parameters()),
            Figures.count(findings.parameters())));
    tiles.add(
        HtmlReport.tile(
            "multiply-adds", Figures.large(findings.macs()), Figures.count(findings.macs())));
    return tiles;
  }

  private static String accuracy(String name, @Nullable Double ratio, String note) {
    return HtmlReport.tile(name, ratio == null ? "none yet" : Figures.percent(ratio), note);
  }

  static String sections(TrainingFindings findings) {
    Trained trained = findings.trained();
    return """
    <section>
    <h2>The architecture</h2>
    <p><code class="architecture">%s</code></p>
    <div class="drawing">%s</div>
    </section>
    """
            .formatted(Html.text(findings.architecture()), findings.drawing())
        + (trained == null || trained.validation().isEmpty()
            ? ""
            : """
            <section>
            <h2>Learning</h2>
            <div class="charts">
            %s</div>
            </section>
            """
                .formatted(AccuracySection.learning(List.of(trained))));
  }
}
