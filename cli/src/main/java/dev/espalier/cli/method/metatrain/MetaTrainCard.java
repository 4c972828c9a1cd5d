package dev.espalier.cli.method.metatrain;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.CardParts;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.cli.view.TextTable;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.workflows.method.metatrain.MetaTrainResult;
import dev.espalier.workflows.method.metatrain.MetaTrainResult.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a meta-training came to, on one screen. */
public final class MetaTrainCard implements MethodCard {
  @Override
  public String method() {
    return MetaTrainSpecification.METHOD;
  }

  @Override
  public List<String> lines(ExperimentView view, String drawing, Places places, Style style) {
    MetaTrainResult result =
        Json.read(Objects.requireNonNull(view.result()).toString(), MetaTrainResult.class);
    CardParts parts = new CardParts(style);
    List<String> lines = new ArrayList<>(parts.head(view));
    TextTable table = TextTable.of("model", "best by", "value>", "epoch>", "seed>", "digest");
    row(table, style, "generator", result.generator());
    row(table, style, "predictor", result.predictor());
    lines.addAll(table.lines(style, 2));
    lines.addAll(heldOut(style, result));
    lines.add("");
    lines.add("  " + style.quiet("both stand in the catalogue: espalier model list"));
    lines.add(
        "  " + style.quiet("for your own images:         espalier run metad2a --data IMAGES"));
    lines.addAll(parts.foot(view, places));
    return lines;
  }

  /** What the predictor's first is below the best, beside a random one and a transferred one. */
  private static List<String> heldOut(Style style, MetaTrainResult result) {
    if (result.heldOut().isEmpty()) {
      return List.of();
    }
    TextTable table =
        TextTable.of("unseen task", "of>", "tau>", "regret>", "random>", "transfer>", "nearest");
    for (MetaTrainResult.HeldOut each : result.heldOut()) {
      Double tau = each.kendall();
      table.row(
          each.task(),
          Integer.toString(each.architectures()),
          tau == null ? "–" : Figures.significant(tau),
          Figures.percent(each.regret()),
          Figures.percent(each.ofRandom()),
          Figures.percent(each.ofTransfer()),
          each.nearest());
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(table.lines(style, 2));
    return lines;
  }

  private static void row(TextTable table, Style style, String name, Kept kept) {
    table.row(
        name,
        kept.metric(),
        style.strong(Figures.significant(kept.value())),
        Integer.toString(kept.epoch()),
        Integer.toString(kept.seed()),
        kept.digest().substring(0, 12));
  }
}
