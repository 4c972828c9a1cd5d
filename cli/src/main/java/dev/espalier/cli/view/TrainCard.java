package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.workflows.report.ReportResult.Accuracy;
import dev.espalier.workflows.report.TrainResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a training came to, on one screen. */
public final class TrainCard {

  private final Style style;
  private final CardParts parts;

  public TrainCard(Style style) {
    this.style = style;
    this.parts = new CardParts(style);
  }

  /**
   * The card.
   *
   * @param drawing the architecture as terminal text
   */
  public List<String> lines(
      ExperimentView view, TrainResult result, String drawing, Places places) {
    List<String> lines = new ArrayList<>(parts.head(view, drawing, result.architecture()));
    Double loss = result.trainLoss();
    lines.addAll(
        parts.figures(
            List.of(
                new String[] {"epochs", Figures.count(result.epochs())},
                new String[] {
                  "training loss",
                  loss == null ? "diverged" : String.format(Locale.ROOT, "%.3f", loss)
                }),
            List.of(
                new String[] {"parameters", Figures.count(result.parameters())},
                new String[] {"multiply-adds", Figures.count(result.macs())})));
    lines.add("");
    Accuracy accuracy = result.accuracy();
    TextTable table = TextTable.of("accuracy", "validation>", "test>");
    table.row(
        "trained by recipe " + view.preset(),
        accuracy == null ? "diverged" : Figures.percent(accuracy.validation()),
        accuracy == null ? "diverged" : style.strong(Figures.percent(accuracy.test())));
    lines.addAll(table.lines(style, 2));
    lines.addAll(parts.foot(view, places));
    return lines;
  }
}
