package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.workflows.report.ReportResult.Accuracy;
import dev.espalier.workflows.report.ReportResult.Indicator;
import dev.espalier.workflows.report.ReportResult.Trained;
import dev.espalier.workflows.report.ReportResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What TE-NAS came to, on one screen.
 *
 * <p>No line is wider than 80 columns but the architecture's own, which stays whole so that it can
 * be copied.
 */
public final class ResultCard {

  private static final String REPORTED = "_test_200ep";
  private static final Map<String, String> INDICATORS =
      Map.of("ntk", "NTK condition", "regions", "linear regions");

  private final Style style;
  private final CardParts parts;

  public ResultCard(Style style) {
    this.style = style;
    this.parts = new CardParts(style);
  }

  /**
   * The card.
   *
   * @param drawing the architecture as terminal text
   */
  public List<String> lines(
      ExperimentView view, ReportResult result, String drawing, Places places) {
    List<String> lines = new ArrayList<>(parts.head(view, drawing, result.architecture()));
    lines.addAll(figures(result));
    lines.add("");
    lines.addAll(accuracy(result));
    lines.addAll(parts.foot(view, places));
    return lines;
  }

  /** Indicators on the left, cost on the right. */
  private List<String> figures(ReportResult result) {
    List<String[]> left = new ArrayList<>();
    new TreeMap<>(result.indicators())
        .forEach((name, indicator) ->
            left.add(new String[] {INDICATORS.getOrDefault(name, name), value(indicator)}));
    List<String[]> right =
        List.of(
            new String[] {"parameters", Figures.count(result.parameters())},
            new String[] {"multiply-adds", Figures.count(result.macs())});
    return parts.figures(left, right);
  }

  private static String value(Indicator indicator) {
    Double mean = indicator.mean();
    if (mean == null) {
      return "singular";
    }
    Double deviation = indicator.deviation();
    return deviation == null
        ? Figures.significant(mean)
        : Figures.significant(mean) + " ± " + Figures.significant(deviation);
  }

  private List<String> accuracy(ReportResult result) {
    TextTable table = TextTable.of("accuracy", "validation>", "test>");
    Accuracy found = result.accuracy();
    table.row(
        "found cell",
        found == null ? "diverged" : Figures.percent(found.validation()),
        found == null ? "diverged" : style.strong(Figures.percent(found.test())));
    List<Accuracy> random =
        result.random().stream().map(Trained::accuracy).filter(Objects::nonNull).toList();
    if (!random.isEmpty()) {
      table.row(
          random.size() == 1
              ? "1 random cell, trained the same way"
              : random.size() + " random cells, trained the same way",
          spread(random, Accuracy::validation),
          spread(random, Accuracy::test));
    }
    int diverged = result.random().size() - random.size();
    if (diverged > 0) {
      table.row(
          diverged + (diverged == 1 ? " random cell" : " random cells") + " diverged", "", "");
    }
    reported(result.table())
        .forEach((column, accuracy) ->
            table.row(
                "in the table, " + column,
                column.contains("valid") ? Figures.percent(accuracy) : "",
                column.contains("valid") ? "" : Figures.percent(accuracy)));
    return table.lines(style, 2);
  }

  /** A table has a dozen columns; a card shows those that are reported, where there are such. */
  private static Map<String, Double> reported(Map<String, Double> table) {
    Map<String, Double> chosen = new TreeMap<>(table);
    chosen.keySet().removeIf(column -> !column.endsWith(REPORTED));
    return chosen.isEmpty() ? new TreeMap<>(table) : chosen;
  }

  private static String spread(List<Accuracy> all, ToDoubleFunction<Accuracy> value) {
    double mean = all.stream().mapToDouble(value).average().orElse(0);
    if (all.size() == 1) {
      return Figures.percent(mean);
    }
    double squares =
        all.stream().mapToDouble(value).map(each -> (each - mean) * (each - mean)).sum();
    return Figures.percent(mean, Math.sqrt(squares / (all.size() - 1)));
  }
}
