package dev.espalier.cli.method.tenas;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.CardParts;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Round;
import dev.espalier.cli.view.Style;
import dev.espalier.cli.view.TextTable;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.tenas.TeNasResult;
import dev.espalier.workflows.method.tenas.TeNasResult.Indicator;
import dev.espalier.workflows.method.tenas.TeNasResult.Trained;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What TE-NAS came to, on one screen. */
public final class TeNasCard implements MethodCard {

  private static final String PRUNE = "prune";
  private static final String REPORTED = "_test_200ep";
  private static final Map<String, String> INDICATORS =
      Map.of("ntk", "NTK condition", "regions", "linear regions");

  @Override
  public String method() {
    return TeNasSpecification.METHOD;
  }

  @Override
  public List<Round> rounds(ExperimentView view, StageView stage) {
    return stage.name().equals(PRUNE)
        ? PruningRounds.of(stage.progress())
        : MethodCard.super.rounds(view, stage);
  }

  @Override
  public List<String> lines(ExperimentView view, String drawing, Places places, Style style) {
    TeNasResult result =
        Json.read(Objects.requireNonNull(view.result()).toString(), TeNasResult.class);
    CardParts parts = new CardParts(style);
    List<String> lines = new ArrayList<>(parts.head(view, drawing, result.architecture()));
    lines.addAll(figures(parts, result));
    lines.add("");
    lines.addAll(accuracy(style, result));
    lines.addAll(parts.foot(view, places));
    return lines;
  }

  /** Indicators on the left, cost on the right. */
  private static List<String> figures(CardParts parts, TeNasResult result) {
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

  private static List<String> accuracy(Style style, TeNasResult result) {
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
    return Figures.spread(all.stream().mapToDouble(value).toArray());
  }
}
