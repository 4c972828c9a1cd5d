package dev.espalier.activities.report;

import dev.espalier.activities.report.PruningFindings.Found;
import dev.espalier.activities.report.ReportModel.Trained;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What TE-NAS found, on the page. */
final class PruningReport {

  private PruningReport() {}

  static List<String> tiles(PruningFindings findings) {
    List<String> tiles = new ArrayList<>();
    findings.trained().stream()
        .filter(Trained::isFound)
        .findFirst()
        .ifPresent(trained -> {
          Double accuracy = trained.testAccuracy();
          String figure = accuracy == null ? "diverged" : Figures.percent(accuracy);
          tiles.add(HtmlReport.tile("test accuracy", figure, "found cell"));
        });
    AccuracySection.comparison(findings.trained())
        .ifPresent(random ->
            tiles.add(
                HtmlReport.tile(
                    "test accuracy",
                    Figures.percent(random.testMean(), random.testDeviation()),
                    random.count() + " random cells, same training")));
    Found found = findings.found();
    if (found != null) {
      found(tiles, found);
    }
    return tiles;
  }

  private static void found(List<String> tiles, Found found) {
    tiles.add(
        HtmlReport.tile("NTK condition", condition(found.condition()), "lower trains more easily"));
    Double regions = found.regions();
    if (regions != null) {
      tiles.add(
          HtmlReport.tile("linear regions", Figures.significant(regions), "higher expresses more"));
    }
    tiles.add(
        HtmlReport.tile(
            "parameters", Figures.large(found.parameters()), Figures.count(found.parameters())));
    tiles.add(
        HtmlReport.tile("multiply-adds", Figures.large(found.macs()), Figures.count(found.macs())));
  }

  static String sections(PruningFindings findings) {
    return cell(findings.found())
        + AccuracySection.of(findings)
        + PruningSection.of(findings.rounds(), findings.found());
  }

  private static String cell(@Nullable Found found) {
    return found == null
        ? ""
        : """
        <section>
        <h2>The cell</h2>
        <p><code class="architecture">%s</code></p>
        <div class="drawing">%s</div>
        </section>
        """
            .formatted(Html.text(found.architecture()), found.drawing());
  }

  private static String condition(@Nullable Double condition) {
    return condition == null ? "singular" : Figures.significant(condition);
  }
}
