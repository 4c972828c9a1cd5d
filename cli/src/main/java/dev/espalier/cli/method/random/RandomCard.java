package dev.espalier.cli.method.random;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.CardParts;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.cli.view.TextTable;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.random.RandomSpecification;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.random.RandomResult;
import dev.espalier.workflows.method.random.RandomResult.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What random search came to, on one screen. */
public final class RandomCard implements MethodCard {
  @Override
  public String method() {
    return RandomSpecification.METHOD;
  }

  @Override
  public List<String> lines(ExperimentView view, String drawing, Places places, Style style) {
    RandomResult result =
        Json.read(Objects.requireNonNull(view.result()).toString(), RandomResult.class);
    CardParts parts = new CardParts(style);
    List<String> lines = new ArrayList<>(parts.head(view, drawing, result.architecture()));
    lines.addAll(
        parts.figures(
            List.of(
                new String[] {"evaluated", Figures.count(result.evaluated())},
                new String[] {"failed", Figures.count(result.failed())}),
            List.of(
                new String[] {"parameters", Figures.count(result.parameters())},
                new String[] {"multiply-adds", Figures.count(result.macs())})));
    lines.add("");
    lines.addAll(accuracy(style, result));
    lines.addAll(parts.foot(view, places));
    return lines;
  }

  private static List<String> accuracy(Style style, RandomResult result) {
    TextTable table = TextTable.of("accuracy", "validation>", "test>");
    Accuracy best = result.accuracy();
    table.row(
        "the best of %s".formatted(Figures.count(result.evaluated())),
        Figures.percent(result.validation()),
        best == null ? "" : style.strong(Figures.percent(best.test())));
    for (Expected expected : result.expected().reversed()) {
      Double test = expected.test();
      table.row(
          "expected best of %s".formatted(Figures.count(expected.architectures())),
          Figures.percent(expected.validation()),
          test == null ? "" : Figures.percent(test));
    }
    return table.lines(style, 2);
  }
}
