package dev.espalier.api.method.evolution;

import dev.espalier.api.report.Chart;
import dev.espalier.api.report.Chart.Point;
import dev.espalier.api.report.Chart.Series;
import dev.espalier.api.report.Figures;
import dev.espalier.search.evolution.CostTable;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.method.evolution.EvolveResult.Evolved;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import dev.espalier.workflows.method.evolution.EvolveResult.HistoryPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** The searches on the predictor, all at the same budget. */
record SearchSection(EvolutionSpecification specification, EvolutionFindings findings) {
  private static final List<String> STYLES = List.of("found", "removed", "third", "other");

  private static final Map<String, String> AXES =
      Map.of(CostTable.MACS, "million MACs", CostTable.PARAMETERS, "million parameters");

  List<Evolved> searches() {
    return findings.searches();
  }

  boolean isChosen(Evolved search) {
    return search.equals(searches().getFirst());
  }

  String predictedAfter() {
    return EvolutionTerms.predictedAfter(specification);
  }

  List<Chart> charts() {
    List<Chart> charts = new ArrayList<>();
    charts.add(
        new Chart(
            "Best fitness of every strategy",
            "architectures scored",
            "fitness (%)",
            compared(searches())));
    for (Evolved search : searches()) {
      charts.add(
          new Chart(
              "Best and mean fitness by generation: " + search.strategy(),
              "generation",
              "fitness (%)",
              List.of(
                  series("mean", "other", search, HistoryPoint::mean),
                  series("best", "found", search, HistoryPoint::best))));
    }
    charts.add(best());
    return charts;
  }

  /** With several objectives a person chooses from the front. */
  boolean hasChoice() {
    return specification.search().objectives().size() > 1 && !front().isEmpty();
  }

  String objectives() {
    return String.join(", ", specification.search().objectives());
  }

  List<String> costs() {
    return specification.search().frontCosts();
  }

  List<FrontPoint> front() {
    return findings.front();
  }

  private static List<Series> compared(List<Evolved> searches) {
    List<Series> series = new ArrayList<>();
    for (int i = searches.size() - 1; i >= 0; i--) {
      Evolved search = searches.get(i);
      series.add(
          new Series(
              search.strategy(),
              STYLES.get(Math.min(i, STYLES.size() - 1)),
              true,
              search.history().stream()
                  .map(each -> point(each.evaluations(), each.best(), search.strategy()))
                  .toList()));
    }
    return series;
  }

  private static Series series(
      String name, String style, Evolved search, ToDoubleFunction<HistoryPoint> value) {
    return new Series(
        name,
        style,
        true,
        search.history().stream()
            .map(each -> point(each.generation(), value.applyAsDouble(each), name))
            .toList());
  }

  private static Point point(double x, double fitness, String name) {
    return new Point(x, 100 * fitness, "%s: %s".formatted(name, Figures.percent(fitness)));
  }

  private Chart best() {
    List<String> costs = costs();
    String across = costs.getFirst();
    return new Chart(
        "Predictions that nothing beats in both accuracy and %s"
            .formatted(costs.size() == 1 ? "cost" : String.join(", ", costs)),
        AXES.getOrDefault(across, "latency (ms)"),
        "predicted accuracy (%)",
        List.of(
            new Series(
                "front",
                "found",
                costs.size() == 1,
                front().stream()
                    .map(each -> point(cost(each, across), each.predicted(), each.architecture()))
                    .toList())));
  }

  private static double cost(FrontPoint point, String name) {
    return switch (name) {
      case CostTable.MACS -> point.macs() / 1e6;
      case CostTable.PARAMETERS -> Objects.requireNonNullElse(point.parameters(), 0L) / 1e6;
      default -> Objects.requireNonNullElse(point.latency(), 0.0);
    };
  }
}
