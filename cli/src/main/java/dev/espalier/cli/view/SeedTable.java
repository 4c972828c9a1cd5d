package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.api.view.ExperimentView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Experiments that differ in their seed, one a line, with mean and deviation (n-1). */
public final class SeedTable {

  private SeedTable() {}

  public static List<String> lines(List<ExperimentView> views, Style style) {
    TextTable table = TextTable.of("seed>", "id", "state", "test>", "time>", "digest");
    for (ExperimentView view : views) {
      Double accuracy = ExperimentLine.of(view).accuracy();
      table.row(
          Long.toString(view.seed()),
          view.id(),
          style.state(view.state(), view.state().words()),
          accuracy == null ? "" : Figures.percent(accuracy),
          Figures.duration(view.seconds()),
          view.digest() == null ? "" : view.digest().substring(0, 16));
    }
    List<String> lines = new ArrayList<>(table.lines(style, 2));
    double[] known =
        views.stream()
            .map(view -> ExperimentLine.of(view).accuracy())
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (known.length > 1) {
      lines.add("");
      lines.add("  test accuracy over %d seeds: %s".formatted(known.length, Figures.spread(known)));
    }
    return lines;
  }
}
