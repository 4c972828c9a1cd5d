package dev.espalier.api.method.evolution;

import dev.espalier.api.method.evolution.EvolutionFindings.Winner;
import dev.espalier.api.report.Drawn;
import dev.espalier.api.report.Figures;
import dev.espalier.api.report.MethodReport;
import dev.espalier.api.report.Tile;
import dev.espalier.api.template.Templates;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What evolution on a predictor found, on the page.
 *
 * @param warning where the winner's prediction is an extrapolation, in words
 */
record EvolutionReport(
    @Nullable Drawn winner,
    @Nullable String warning,
    FinalsSection finals,
    SampleSection sample,
    PredictorSection predictor,
    SearchSection search) {

  static MethodReport of(
      ExperimentView view, EvolutionSpecification specification, EvolutionFindings findings) {
    Winner winner = findings.winner();
    String warning = winner == null ? null : winner.warning();
    EvolutionReport report =
        new EvolutionReport(
            winner == null ? null : Drawn.of(view, winner.architecture()),
            warning == null ? null : "Extrapolation: %s.".formatted(warning),
            new FinalsSection(findings.trainings(), findings.difference()),
            new SampleSection(specification, findings),
            new PredictorSection(findings.predictor()),
            new SearchSection(specification, findings));
    return new MethodReport(
        tiles(specification, findings), Templates.part("method/evolution/report.jte", report));
  }

  private static List<Tile> tiles(
      EvolutionSpecification specification, EvolutionFindings findings) {
    List<Tile> tiles = new ArrayList<>();
    Finals finals = Finals.of(findings.trainings());
    finals
        .found()
        .ifPresent(found ->
            tiles.add(new Tile("test accuracy", found.test(), "winner, " + found.count())));
    finals
        .random()
        .ifPresent(random ->
            tiles.add(new Tile("test accuracy", random.test(), "random networks of equal cost")));
    Difference difference = findings.difference();
    if (difference != null) {
      tiles.add(new Tile("difference", points(difference.mean()), "95 %: " + range(difference)));
    }
    Winner winner = findings.winner();
    if (winner != null) {
      tiles.add(
          new Tile(
              "predicted",
              Figures.percent(winner.predicted()),
              winner.warning() == null
                  ? "validation accuracy" + EvolutionTerms.predictedAfter(specification)
                  : "an extrapolation"));
      tiles.add(
          new Tile(
              "multiply-adds",
              Figures.large(winner.macs()),
              Figures.count(winner.parameters()) + " parameters"));
    }
    Double latency = winner == null ? null : winner.latency();
    if (latency != null) {
      tiles.add(
          new Tile("latency", EvolutionTerms.milliseconds(latency), "from budget.latencyTable"));
    }
    guiding(findings.predictor())
        .ifPresent(quality ->
            tiles.add(
                new Tile(
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
}
