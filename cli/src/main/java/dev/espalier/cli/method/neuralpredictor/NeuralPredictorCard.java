package dev.espalier.cli.method.neuralpredictor;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.CardParts;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.cli.view.TextTable;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Regret;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What Neural Predictor came to, on one screen. */
public final class NeuralPredictorCard implements MethodCard {
  /** Columns beside the name of a figure. */
  private static final int ROOM = 60;

  @Override
  public String method() {
    return NeuralPredictorSpecification.METHOD;
  }

  @Override
  public List<String> lines(ExperimentView view, String drawing, Places places, Style style) {
    NeuralPredictorResult result =
        Json.read(Objects.requireNonNull(view.result()).toString(), NeuralPredictorResult.class);
    CardParts parts = new CardParts(style);
    List<String> lines = new ArrayList<>(parts.head(view, drawing, result.architecture()));
    lines.addAll(
        parts.figures(
            List.of(
                new String[] {"evaluations", evaluations(result)},
                new String[] {"predictor", result.predictor()},
                new String[] {"Kendall's tau", figure("%.3f", result.tau()) + ", cross-validated"}),
            List.of(
                new String[] {"parameters", Figures.count(result.parameters())},
                new String[] {"multiply-adds", Figures.count(result.macs())},
                new String[] {"found", place(result)})));
    lines.addAll(indicators(view, parts));
    lines.add("");
    lines.addAll(accuracy(style, result));
    lines.addAll(parts.foot(view, places));
    return lines;
  }

  /** What the predictors read beside graphs, and how long it took to measure; none if nothing. */
  private static List<String> indicators(ExperimentView view, CardParts parts) {
    List<String> names = new ArrayList<>();
    view.specification().at("/indicators/names").forEach(name -> names.add(name.asText()));
    if (names.isEmpty()) {
      return List.of();
    }
    double seconds =
        view.stages().stream()
            .filter(stage -> stage.name().equals("split"))
            .mapToDouble(StageView::seconds)
            .sum();
    List<String> lines = new ArrayList<>();
    String read = "";
    for (String name : names) {
      String longer = read.isEmpty() ? name : read + ", " + name;
      if (longer.length() > ROOM) {
        lines.addAll(entry(parts, lines.isEmpty() ? "indicators" : "", read + ","));
        longer = name;
      }
      read = longer;
    }
    lines.addAll(entry(parts, lines.isEmpty() ? "indicators" : "", read));
    lines.addAll(entry(parts, "", "measured in " + Figures.duration(seconds)));
    return lines;
  }

  private static List<String> entry(CardParts parts, String name, String value) {
    return parts.figures(List.<String[]>of(new String[] {name, value}), List.of());
  }

  private static String evaluations(NeuralPredictorResult result) {
    return result.failed() == 0
        ? Figures.count(result.evaluations())
        : "%s, %d more failed".formatted(Figures.count(result.evaluations()), result.failed());
  }

  private static String place(NeuralPredictorResult result) {
    return result.rank() == null ? "a training cell" : "ranked no. " + result.rank();
  }

  private static List<String> accuracy(Style style, NeuralPredictorResult result) {
    TextTable table = TextTable.of("accuracy", "validation>", "test>");
    Accuracy best = result.accuracy();
    table.row(
        "the chosen",
        Figures.percent(result.validation()),
        best == null ? "" : style.strong(Figures.percent(best.test())));
    Double predicted = result.predicted();
    if (predicted != null) {
      table.row("predicted", Figures.percent(predicted), "");
    }
    table.row("best of those learned from", Figures.percent(result.bestOfTraining()), "");
    Regret regret = result.regret();
    if (regret != null) {
      Double test = regret.test();
      table.row(
          "below the best of the table",
          figure("%.2f points", 100 * regret.validation()),
          test == null ? "" : figure("%.2f points", 100 * test));
    }
    return table.lines(style, 2);
  }

  private static String figure(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
