package dev.espalier.cli.method.metad2a;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.CardParts;
import dev.espalier.cli.view.Columns;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.cli.view.TextTable;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.latency.LatencyTable.Latency;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.workflows.method.metad2a.MetaD2aResult;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Evaluated;
import dev.espalier.workflows.method.metad2a.MetaD2aResult.Judged;
import dev.espalier.workflows.method.metad2a.RankingResult.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a search by MetaD2A came to, on one screen. */
public final class MetaD2aCard implements MethodCard {
  private static final int WIDTH = 76;
  private static final Map<String, String> TITLES =
      Map.of(
          Group.TOP, "ranked",
          Group.UNRANKED, "not ranked",
          Group.RANDOM, "random",
          Group.TRANSFER, "nearest task");

  @Override
  public String method() {
    return MetaD2aSpecification.METHOD;
  }

  @Override
  public List<String> lines(ExperimentView view, String drawing, Places places, Style style) {
    MetaD2aResult result =
        Json.read(Objects.requireNonNull(view.result()).toString(), MetaD2aResult.class);
    CardParts parts = new CardParts(style);
    List<String> lines = new ArrayList<>(parts.head(view, drawing, result.architecture()));
    lines.addAll(
        parts.figures(
            left(result),
            List.of(
                new String[] {"parameters", Figures.count(result.parameters())},
                new String[] {"multiply-adds", Figures.count(result.macs())})));
    lines.add("");
    lines.addAll(groups(style, result));
    if (result.seen()) {
      lines.add("");
      Columns.wrapped(MetaD2aResult.SEEN, WIDTH).forEach(line -> lines.add("  " + line));
    }
    lines.addAll(parts.foot(view, places));
    return lines;
  }

  private static List<String[]> left(MetaD2aResult result) {
    List<String[]> figures = new ArrayList<>();
    Double tau = result.tau();
    figures.add(new String[] {"Kendall's tau", tau == null ? "–" : Figures.significant(tau)});
    figures.add(new String[] {"test accuracy", accuracy(result)});
    Latency latency = result.latency();
    if (latency != null) {
      figures.add(
          new String[] {
            "latency",
            Figures.significant(latency.millis())
                + (latency.isMeasured() ? " ms" : " ms, estimated")
          });
    }
    return figures;
  }

  private static String accuracy(MetaD2aResult result) {
    return result.accuracy() == null
        ? "–"
        : Figures.percent(Objects.requireNonNull(result.accuracy()).test());
  }

  /** First: what was proposed unseen; best: by validation accuracy; by test: an oracle's. */
  private static List<String> groups(Style style, MetaD2aResult result) {
    TextTable table = TextTable.of("accuracy", "of>", "first>", "best>", "best by test>", "mean>");
    for (Evaluated group : result.groups()) {
      String first = shown(group.first());
      table.row(
          Objects.requireNonNullElse(TITLES.get(group.name()), group.name()),
          Integer.toString(group.evaluated()),
          group.name().equals(Group.TOP) ? style.strong(first) : first,
          shown(group.best()),
          percent(group.bestTest()),
          percent(group.meanTest() == null ? group.mean() : group.meanTest()));
    }
    return table.lines(style, 2);
  }

  private static String shown(@Nullable Judged judged) {
    return judged == null
        ? "–"
        : percent(judged.test() == null ? Double.valueOf(judged.validation()) : judged.test());
  }

  private static String percent(@Nullable Double ratio) {
    return ratio == null ? "–" : Figures.percent(ratio);
  }
}
