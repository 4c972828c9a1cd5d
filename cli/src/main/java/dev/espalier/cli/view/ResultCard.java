package dev.espalier.cli.view;

import dev.espalier.activities.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.workflows.report.ReportResult;
import dev.espalier.workflows.report.ReportResult.Accuracy;
import dev.espalier.workflows.report.ReportResult.Indicator;
import dev.espalier.workflows.report.ReportResult.Trained;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment came to, on one screen.
 *
 * <p>No line is wider than 80 columns but the architecture's own, which stays whole so that it can
 * be copied.
 */
public final class ResultCard {

  private static final int WIDTH = 80;
  private static final String REPORTED = "_test_200ep";
  private static final Map<String, String> INDICATORS =
      Map.of("ntk", "NTK condition", "regions", "linear regions");

  private final Style style;

  public ResultCard(Style style) {
    this.style = style;
  }

  /**
   * The card.
   *
   * @param drawing the architecture as terminal text
   */
  public List<String> lines(
      ExperimentView view, ReportResult result, String drawing, Places places) {
    List<String> lines = new ArrayList<>();
    lines.add(rule(Words.title(view), view.id()));
    lines.add("");
    drawing.lines().forEach(line -> lines.add(("  " + line).stripTrailing()));
    lines.add("");
    lines.add("  " + style.strong(result.architecture()));
    lines.add("");
    lines.addAll(figures(result));
    lines.add("");
    lines.addAll(accuracy(result));
    lines.add("");
    lines.addAll(stages(view));
    lines.add("");
    lines.addAll(places(view, places));
    return lines;
  }

  private String rule(String left, String right) {
    int gap = Math.max(3, WIDTH - left.length() - right.length() - 10);
    return style.quiet("━━━ ")
        + style.strong(left)
        + style.quiet(" " + "━".repeat(gap) + " " + right + " ━━━");
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
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String first = i < left.size() ? pair(left.get(i)) : "";
      String second = i < right.size() ? pair(right.get(i)) : "";
      lines.add(("  " + Columns.left(first, 40) + second).stripTrailing());
    }
    return lines;
  }

  private String pair(String[] entry) {
    return style.quiet(Columns.left(entry[0], 16)) + entry[1];
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

  private List<String> stages(ExperimentView view) {
    TextTable table = TextTable.of("stage", "time>", "attempts>", "recoveries>", "");
    for (StageView stage : view.stages()) {
      table.row(
          stage.name(),
          Figures.duration(stage.seconds()),
          Integer.toString(stage.attempts()),
          stage.recoveries() == 0 ? "0" : style.warn(Integer.toString(stage.recoveries())),
          stage.state().equals("COMPLETED") ? "" : style.quiet(Words.state(stage.state())));
    }
    table.row(
        "in all",
        Figures.duration(view.seconds()),
        Integer.toString(view.attempts()),
        Integer.toString(view.recoveries()),
        "");
    return table.lines(style, 2);
  }

  private List<String> places(ExperimentView view, Places places) {
    List<String> lines = new ArrayList<>();
    place(lines, "digest", view.digest());
    String page = places.page();
    place(lines, "page", page == null ? null : page + style.quiet("  while up runs"));
    place(lines, "report", places.report());
    return lines;
  }

  private void place(List<String> lines, String name, @Nullable String value) {
    if (value != null) {
      lines.add("  " + style.quiet(Columns.left(name, 8)) + value);
    }
  }
}
