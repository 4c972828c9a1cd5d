package dev.espalier.cli.method.training;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.CardParts;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.cli.view.TextTable;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.training.TrainResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a training came to, on one screen. */
public final class TrainCard implements MethodCard {

  @Override
  public String method() {
    return TrainSpecification.METHOD;
  }

  @Override
  public List<String> lines(ExperimentView view, String drawing, Places places, Style style) {
    TrainResult result =
        Json.read(Objects.requireNonNull(view.result()).toString(), TrainResult.class);
    CardParts parts = new CardParts(style);
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
