package dev.espalier.activities.report;

import dev.espalier.activities.report.EvolutionFindings.Winner;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What evolution on a predictor found, on the page. */
final class EvolutionReport {

  private EvolutionReport() {}

  static List<String> tiles(EvolutionFindings findings) {
    List<String> tiles = new ArrayList<>();
    Finals finals = Finals.of(findings.trained());
    finals
        .found()
        .ifPresent(found ->
            tiles.add(HtmlReport.tile("test accuracy", found.test(), "winner, " + found.count())));
    finals
        .random()
        .ifPresent(random ->
            tiles.add(
                HtmlReport.tile("test accuracy", random.test(), "random networks of equal cost")));
    Difference difference = findings.difference();
    if (difference != null) {
      tiles.add(
          HtmlReport.tile("difference", points(difference.mean()), "95 %: " + range(difference)));
    }
    Winner winner = findings.winner();
    if (winner != null) {
      tiles.add(
          HtmlReport.tile(
              "predicted",
              Figures.percent(winner.predicted()),
              winner.warning() == null
                  ? "validation accuracy" + EvolutionTerms.predictedAfter(findings.specification())
                  : "an extrapolation"));
      tiles.add(
          HtmlReport.tile(
              "multiply-adds",
              Figures.large(winner.macs()),
              Figures.count(winner.parameters()) + " parameters"));
    }
    Double latency = winner == null ? null : winner.latency();
    if (latency != null) {
      tiles.add(
          HtmlReport.tile(
              "latency", EvolutionTerms.milliseconds(latency), "from budget.latencyTable"));
    }
    guiding(findings.predictor())
        .ifPresent(quality ->
            tiles.add(
                HtmlReport.tile(
                    "Kendall's tau",
                    "%.3f".formatted(quality.tau()),
                    PredictorSection.interval(quality))));
    return tiles;
  }

  /** How well the predictor that guided the search ranks, fitted to as much as there was. */
  static Optional<Quality> guiding(@Nullable TrainPredictorResult predictor) {
    return predictor == null
        ? Optional.empty()
        : predictor.quality().stream()
            .filter(quality -> quality.kind().equals(predictor.kind()))
            .max(Comparator.comparingInt(Quality::rows));
  }

  /** {@code +1.42 points}. */
  static String points(double ratio) {
    return String.format(Locale.ROOT, "%+.2f points", 100 * ratio);
  }

  static String range(Difference difference) {
    return String.format(
        Locale.ROOT, "%+.2f to %+.2f", 100 * difference.low(), 100 * difference.high());
  }

  static String sections(EvolutionFindings findings) {
    return winner(findings.winner())
        + FinalsSection.of(findings)
        + SampleSection.of(findings)
        + PredictorSection.of(findings.predictor())
        + SearchSection.of(findings);
  }

  private static String winner(@Nullable Winner winner) {
    if (winner == null) {
      return "";
    }
    String warning = winner.warning();
    return """
    <section>
    <h2>The winner</h2>
    <p><code class="architecture">%s</code></p>
    <div class="drawing">%s</div>
    %s</section>
    """
        .formatted(
            Html.text(winner.architecture()),
            winner.drawing(),
            warning == null
                ? ""
                : "<p class=\"reason\">Extrapolation: %s.</p>\n".formatted(Html.text(warning)));
  }
}
