package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scores of architectures: the figures in columns, then the architecture's own string. */
public final class ScoreTable {

  private ScoreTable() {}

  /** One architecture and what the indicators say of it, by name. */
  public record Row(String architecture, Map<String, Figure> indicators) {
    public Row {
      indicators = Map.copyOf(indicators);
    }
  }

  /**
   * A mean and a deviation.
   *
   * @param mean null where every value was singular
   * @param deviation null below two values
   */
  public record Figure(@Nullable Number mean, @Nullable Double deviation) {}

  public static List<String> lines(List<Row> rows, List<String> indicators, Style style) {
    List<String> headings = new ArrayList<>();
    indicators.forEach(name -> headings.add(name + ">"));
    headings.add("architecture");
    TextTable table = TextTable.of(headings.toArray(String[]::new));
    for (Row row : rows) {
      List<String> cells = new ArrayList<>();
      indicators.forEach(name -> cells.add(text(row.indicators().get(name))));
      cells.add(row.architecture());
      table.row(cells.toArray(String[]::new));
    }
    return table.lines(style, 0);
  }

  /**
   * How stable the rankings are that seeds change; nothing where it is not known of any.
   *
   * @param stability Kendall's tau between halves of the seeds, by indicator
   */
  public static List<String> stability(Map<String, Double> stability, int seeds, Style style) {
    if (stability.isEmpty()) {
      return List.of();
    }
    TextTable table = TextTable.of("ranking", "stability>");
    stability.forEach((name, tau) -> table.row(name, Figures.significant(tau)));
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(table.lines(style, 0));
    lines.add(
        style.quiet(
            "stability: Kendall's tau between the rankings by the even and by the odd of %d seeds"
                .formatted(seeds)));
    return lines;
  }

  private static String text(@Nullable Figure figure) {
    Number mean = figure == null ? null : figure.mean();
    if (figure == null || mean == null) {
      return figure == null ? "" : "singular";
    }
    String text =
        mean instanceof Long count ? Figures.count(count) : Figures.significant(mean.doubleValue());
    Double deviation = figure.deviation();
    return deviation == null || deviation == 0
        ? text
        : text + " ± " + Figures.significant(deviation);
  }
}
