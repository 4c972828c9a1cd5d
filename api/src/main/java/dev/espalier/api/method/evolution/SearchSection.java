package dev.espalier.api.method.evolution;

import static org.apache.commons.text.StringEscapeUtils.escapeXml11;

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
final class SearchSection {
  private static final List<String> STYLES = List.of("found", "removed", "third", "other");

  private static final Map<String, String> AXES =
      Map.of(CostTable.MACS, "million MACs", CostTable.PARAMETERS, "million parameters");

  private SearchSection() {}

  static String of(EvolutionSpecification specification, EvolutionFindings findings) {
    List<Evolved> searches = findings.searches();
    if (searches.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>The search</h2>\n");
    html.append("<p class=\"muted\">Every strategy scored as many architectures on the same")
        .append(" predictor. Fitness is predicted validation accuracy")
        .append(EvolutionTerms.predictedAfter(specification))
        .append(".</p>\n<table>\n")
        .append("<tr><th>strategy</th><th>its best</th><th class=\"n\">predicted</th>")
        .append("<th class=\"n\">MACs</th><th class=\"n\">scored</th></tr>\n");
    for (Evolved search : searches) {
      html.append(search.equals(searches.getFirst()) ? "<tr class=\"chosen\"><th>" : "<tr><th>")
          .append(escapeXml11(search.strategy()))
          .append("</th><td><code>")
          .append(escapeXml11(search.architecture()))
          .append("</code></td><td class=\"n\">")
          .append(Figures.percent(search.predicted()))
          .append("</td><td class=\"n\">")
          .append(Figures.large(search.macs()))
          .append("</td><td class=\"n\">")
          .append(Figures.count(search.evaluations()))
          .append("</td></tr>\n");
    }
    html.append("</table>\n<div class=\"charts\">\n");
    html.append(
        Chart.draw(
            "Best fitness of every strategy",
            "architectures scored",
            "fitness (%)",
            compared(searches)));
    for (Evolved search : searches) {
      html.append(
          Chart.draw(
              "Best and mean fitness by generation: " + search.strategy(),
              "generation",
              "fitness (%)",
              List.of(
                  series("mean", "other", search, HistoryPoint::mean),
                  series("best", "found", search, HistoryPoint::best))));
    }
    html.append(front(specification, findings))
        .append("</div>\n")
        .append(choice(specification, findings));
    return html.append("</section>\n").toString();
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

  private static String front(EvolutionSpecification specification, EvolutionFindings findings) {
    List<String> costs = specification.search().frontCosts();
    String across = costs.getFirst();
    return Chart.draw(
        "Predictions that nothing beats in both accuracy and %s"
            .formatted(costs.size() == 1 ? "cost" : String.join(", ", costs)),
        AXES.getOrDefault(across, "latency (ms)"),
        "predicted accuracy (%)",
        List.of(
            new Series(
                "front",
                "found",
                costs.size() == 1,
                findings.front().stream()
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

  /** With several objectives a person chooses: here are all that there is to choose from. */
  private static String choice(EvolutionSpecification specification, EvolutionFindings findings) {
    List<String> objectives = specification.search().objectives();
    if (objectives.size() == 1 || findings.front().isEmpty()) {
      return "";
    }
    List<String> costs = specification.search().frontCosts();
    StringBuilder html = new StringBuilder("<h3>The best trade-offs</h3>\n<p class=\"muted\">");
    html.append("Nothing that the search scored beats these in all objectives (")
        .append(escapeXml11(String.join(", ", objectives)))
        .append("). The most accurate one is the winner above.</p>\n<table>\n<tr>")
        .append("<th class=\"n\">predicted</th>");
    costs.forEach(cost -> html.append("<th class=\"n\">").append(cost).append("</th>"));
    html.append("<th>architecture</th></tr>\n");
    for (FrontPoint point : findings.front()) {
      html.append("<tr><td class=\"n\">").append(Figures.percent(point.predicted()));
      for (String cost : costs) {
        html.append("</td><td class=\"n\">").append(EvolutionTerms.cost(point, cost));
      }
      html.append("</td><td><code>")
          .append(escapeXml11(point.architecture()))
          .append("</code></td></tr>\n");
    }
    return html.append("</table>\n").toString();
  }
}
