package dev.espalier.cli.method.metadatabase;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.cli.method.MethodCard;
import dev.espalier.cli.view.CardParts;
import dev.espalier.cli.view.Places;
import dev.espalier.cli.view.Style;
import dev.espalier.cli.view.TextTable;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metadatabase.FeatureSettings;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases;
import dev.espalier.workflows.method.metadatabase.AssembledDatabases.TaskSummary;
import dev.espalier.workflows.method.metadatabase.MetaDatabaseResult;
import dev.espalier.workflows.method.metadatabase.TrainedEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the making of a meta-database came to, on one screen. */
public final class MetaDatabaseCard implements MethodCard {
  @Override
  public String method() {
    return MetaDatabaseSpecification.METHOD;
  }

  @Override
  public List<String> lines(ExperimentView view, String drawing, Places places, Style style) {
    MetaDatabaseResult result =
        Json.read(Objects.requireNonNull(view.result()).toString(), MetaDatabaseResult.class);
    AssembledDatabases databases = result.databases();
    TaskSummary best = databases.best();
    CardParts parts = new CardParts(style);
    List<String> lines = new ArrayList<>(parts.head(view));
    lines.addAll(
        parts.figures(
            List.of(
                new String[] {"tasks", Figures.count(result.tasks())},
                new String[] {"evaluated", Figures.count(result.evaluated())},
                new String[] {"failed", Figures.count(result.failed())}),
            List.of(
                new String[] {"accuracy", Figures.percent(databases.mean(), databases.deviation())},
                new String[] {
                  "the best", "%s (%s)".formatted(Figures.percent(best.accuracy()), best.name())
                },
                new String[] {"features by", encoder(result.encoder())})));
    lines.add("");
    lines.addAll(made(style, result));
    lines.addAll(parts.foot(view, places));
    return lines;
  }

  private static String encoder(TrainedEncoder encoder) {
    return switch (encoder.source()) {
      case FeatureSettings.TRAINED -> "trained on the data";
      case FeatureSettings.WEIGHTS -> encoder.network();
      default -> "import";
    };
  }

  private static List<String> made(Style style, MetaDatabaseResult result) {
    AssembledDatabases databases = result.databases();
    TextTable table = TextTable.of("made", "name in espalier data list", "rows>");
    table.row(
        "generator's", databases.generator().name(), Figures.count(databases.generator().count()));
    table.row(
        "predictor's", databases.predictor().name(), Figures.count(databases.predictor().count()));
    table.row("features", result.features().name(), Figures.count(result.features().images()));
    return table.lines(style, 2);
  }
}
