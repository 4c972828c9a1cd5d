package dev.espalier.cli.method.evolution;

import dev.espalier.api.method.evolution.EvolutionTerms;
import dev.espalier.api.report.Figures;
import dev.espalier.cli.view.Style;
import dev.espalier.cli.view.TextTable;
import dev.espalier.search.method.evolution.EvolutionSearch;
import dev.espalier.workflows.method.evolution.EvolveResult.FrontPoint;
import java.util.ArrayList;
import java.util.List;

/** The choice that a search with several objectives leaves to a person. */
final class FrontTable {
  private static final int MOST = 6;

  private final Style style;

  FrontTable(Style style) {
    this.style = style;
  }

  /** Some of the front, spread over all of it. */
  List<String> lines(String id, List<FrontPoint> front, EvolutionSearch search) {
    List<String> headings = new ArrayList<>(List.of("best trade-offs>"));
    search.frontCosts().forEach(cost -> headings.add(cost + ">"));
    headings.add("");
    TextTable table = TextTable.of(headings.toArray(String[]::new));
    int shown = Math.min(MOST, front.size());
    for (int i = 0; i < shown; i++) {
      FrontPoint point = front.get(shown == 1 ? 0 : i * (front.size() - 1) / (shown - 1));
      List<String> cells = new ArrayList<>(List.of(Figures.percent(point.predicted())));
      search.frontCosts().forEach(cost -> cells.add(EvolutionTerms.cost(point, cost)));
      cells.add(point.architecture());
      table.row(cells.toArray(String[]::new));
    }
    List<String> lines = new ArrayList<>(table.lines(style, 2));
    if (front.size() > shown) {
      lines.add(
          "  "
              + style.quiet(
                  "%d in all: espalier show %s --json, result.front".formatted(front.size(), id)));
    }
    return lines;
  }
}
