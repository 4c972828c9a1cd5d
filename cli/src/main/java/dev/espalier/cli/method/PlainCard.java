package dev.espalier.cli.method;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.view.CardParts;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What every method's result has: an architecture, and the accuracy that it came to. */
record PlainCard(String method) implements MethodCard {
  @Override
  public List<String> lines(ExperimentView view, String drawing, Places places, Style style) {
    CardParts parts = new CardParts(style);
    ExperimentLine line = ExperimentLine.of(view);
    List<String> lines =
        new ArrayList<>(
            parts.head(view, drawing, Objects.requireNonNullElse(line.architecture(), "")));
    Double accuracy = line.accuracy();
    if (accuracy != null) {
      lines.addAll(
          parts.figures(
              List.<String[]>of(new String[] {"test accuracy", Figures.percent(accuracy)}),
              List.of()));
    }
    lines.addAll(parts.foot(view, places));
    return lines;
  }
}
