package dev.espalier.cli.method.evolution;

import dev.espalier.api.method.evolution.EvolutionTerms;
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
import dev.espalier.search.failure.Counted;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.evolution.EvolutionResult;
import dev.espalier.workflows.method.evolution.EvolutionResult.Best;
import dev.espalier.workflows.method.evolution.EvolutionResult.Difference;
import dev.espalier.workflows.method.evolution.EvolutionResult.Search;
import dev.espalier.workflows.method.evolution.EvolutionResult.Trained;
import dev.espalier.workflows.prediction.TrainPredictorResult.Quality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** What evolution on a predictor came to, on one screen. */
public final class EvolutionCard implements MethodCard {

  private static final String EVALUATE = "evaluate";
  private static final int ROOM = 76;

  @Override
  public String method() {
    return EvolutionSpecification.METHOD;
  }

  @Override
  public List<Round> rounds(ExperimentView view, StageView stage) {
    boolean isHalving =
        stage.name().equals(EVALUATE) && view.specification().at("/evaluation/rungs").asInt() > 1;
    return isHalving ? HalvingRounds.of(specification(view)) : MethodCard.super.rounds(view, stage);
  }

  private static EvolutionSpecification specification(ExperimentView view) {
    return Json.read(view.specification().toString(), EvolutionSpecification.class);
  }

  @Override
  public List<String> lines(ExperimentView view, String drawing, Places places, Style style) {
    EvolutionResult result =
        Json.read(Objects.requireNonNull(view.result()).toString(), EvolutionResult.class);
    return lines(view, result, drawing, places, style);
  }

  List<String> lines(
      ExperimentView view, EvolutionResult result, String drawing, Places places, Style style) {
    CardParts parts = new CardParts(style);
    List<String> lines = new ArrayList<>(parts.head(view, drawing, result.architecture()));
    EvolutionSpecification specification = specification(view);
    lines.addAll(figures(parts, result, specification));
    remark(lines, "limits", EvolutionTerms.limits(specification), style::quiet);
    remark(lines, "successive halving", EvolutionTerms.halving(specification), style::quiet);
    remark(lines, "extrapolation", Optional.ofNullable(result.warning()), style::warn);
    lines.add("");
    lines.addAll(accuracy(style, result));
    if (!result.strategies().isEmpty()) {
      lines.add("");
      lines.addAll(strategies(style, result.strategies()));
    }
    if (!result.front().isEmpty()) {
      lines.add("");
      lines.addAll(new FrontTable(style).lines(view.id(), result.front(), specification.search()));
    }
    lines.addAll(parts.foot(view, places));
    return lines;
  }

  private static void remark(
      List<String> lines, String name, Optional<String> text, UnaryOperator<String> tone) {
    text.ifPresent(words -> {
      lines.add("");
      wrapped(name + ": " + words).forEach(line -> lines.add("  " + tone.apply(line)));
    });
  }

  private static List<String> figures(
      CardParts parts, EvolutionResult result, EvolutionSpecification specification) {
    List<String[]> left = new ArrayList<>();
    left.add(
        new String[] {
          "predicted",
          Figures.percent(result.predicted()) + EvolutionTerms.predictedAfter(specification)
        });
    guiding(result).ifPresent(quality -> left.add(new String[] {"Kendall's tau", tau(quality)}));
    left.add(
        new String[] {
          "learned from",
          result.failed() == 0
              ? Figures.count(result.sampled()) + " networks"
              : "%s networks, %d failed".formatted(Figures.count(result.sampled()), result.failed())
        });
    List<String[]> right = new ArrayList<>();
    right.add(new String[] {"parameters", Figures.count(result.parameters())});
    right.add(new String[] {"multiply-adds", Figures.count(result.macs())});
    right.add(new String[] {"predictor", result.predictor()});
    Double latency = result.latency();
    if (latency != null) {
      right.add(new String[] {"latency", EvolutionTerms.milliseconds(latency)});
    }
    return parts.figures(left, right);
  }

  /** How well the predictor that guided the search ranks, fitted to as much as there was. */
  private static Optional<Quality> guiding(EvolutionResult result) {
    return result.quality().stream()
        .filter(quality -> quality.kind().equals(result.predictor()))
        .max(Comparator.comparingInt(Quality::rows));
  }

  private static String tau(Quality quality) {
    Double low = quality.low();
    Double high = quality.high();
    return low == null || high == null
        ? String.format(Locale.ROOT, "%.3f, one split", quality.tau())
        : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", quality.tau(), low, high);
  }

  private static List<String> accuracy(Style style, EvolutionResult result) {
    TextTable table = TextTable.of("accuracy", "validation>", "test>");
    trained(style, table, "winner", result.winner(), true);
    trained(style, table, "random of equal cost", result.random(), false);
    Difference difference = result.difference();
    if (difference != null) {
      table.row(
          String.format(
              Locale.ROOT,
              "difference, 95 %%: %+.2f to %+.2f",
              100 * difference.low(),
              100 * difference.high()),
          "",
          String.format(Locale.ROOT, "%+.2f points", 100 * difference.mean()));
    }
    Best best = result.bestSampled();
    if (best != null) {
      Double test = best.test();
      table.row(
          "best of the sample",
          Figures.percent(best.validation()),
          test == null ? "" : Figures.percent(test));
    }
    return table.lines(style, 2);
  }

  private static void trained(
      Style style, TextTable table, String name, List<Trained> trained, boolean strong) {
    if (trained.isEmpty()) {
      return;
    }
    List<Accuracy> known =
        trained.stream().map(Trained::accuracy).filter(Objects::nonNull).toList();
    long architectures = trained.stream().map(Trained::architecture).distinct().count();
    long seeds = trained.stream().map(Trained::seed).distinct().count();
    String label =
        "%s, %s"
            .formatted(
                name,
                architectures == 1
                    ? Counted.of(seeds, "seed")
                    : "%d networks, %s".formatted(architectures, Counted.of(seeds, "seed")));
    if (known.isEmpty()) {
      table.row(label, "diverged", "diverged");
      return;
    }
    String test = spread(known, Accuracy::test);
    table.row(label, spread(known, Accuracy::validation), strong ? style.strong(test) : test);
    if (known.size() < trained.size()) {
      table.row(
          "  %s diverged".formatted(Counted.of(trained.size() - known.size(), "training")), "", "");
    }
  }

  private static String spread(List<Accuracy> all, ToDoubleFunction<Accuracy> value) {
    return Figures.spread(all.stream().mapToDouble(value).toArray());
  }

  private static List<String> strategies(Style style, List<Search> searches) {
    TextTable table = TextTable.of("search at the same budget", "scored>", "best predicted>");
    for (Search search : searches) {
      boolean chosen = search.equals(searches.getFirst());
      table.row(
          chosen ? search.strategy() + ", which found the winner" : search.strategy(),
          Figures.count(search.evaluations()),
          Figures.percent(search.predicted()));
    }
    return table.lines(style, 2);
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > ROOM) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
