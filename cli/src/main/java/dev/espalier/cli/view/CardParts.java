package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ArtifactView;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.api.view.StagesInShort;
import dev.espalier.search.experiment.StageState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the result cards of all methods have in common. */
public final class CardParts {

  private static final int WIDTH = 80;

  /** Columns of the heading that are no text. */
  private static final int RULES = 13;

  private final Style style;

  public CardParts(Style style) {
    this.style = style;
  }

  /** Title, drawing, and the architecture whole, so that it can be copied. */
  public List<String> head(ExperimentView view, String drawing, String architecture) {
    List<String> lines = new ArrayList<>();
    lines.add(rule(title(view), view.id()));
    lines.add("");
    drawing.lines().forEach(line -> lines.add(("  " + line).stripTrailing()));
    lines.add("");
    lines.add("  " + style.strong(architecture));
    lines.add("");
    return lines;
  }

  /** The title alone, of a method that finds no architecture. */
  public List<String> head(ExperimentView view) {
    return List.of(rule(title(view), view.id()), "");
  }

  /** Without the method, which the id begins with, where there is too little room. */
  private static String title(ExperimentView view) {
    int room = WIDTH - view.id().length() - RULES;
    String whole = Words.title(view);
    String rest = whole.substring(view.method().length() + Words.BETWEEN.length());
    return Columns.fit(whole.length() <= room ? whole : rest, room);
  }

  private String rule(String left, String right) {
    int gap = WIDTH - left.length() - right.length() - RULES + 3;
    return style.quiet("━━━ ")
        + style.strong(left)
        + style.quiet(" " + "━".repeat(gap) + " " + right + " ━━━");
  }

  /** Two columns of a name and a value each. */
  public List<String> figures(List<String[]> left, List<String[]> right) {
    List<String> lines = new ArrayList<>();
    int widest = left.stream().mapToInt(entry -> 2 + Columns.width(pair(entry))).max().orElse(0);
    int second = Math.max(42, widest + 2);
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      String first = i < left.size() ? pair(left.get(i)) : "";
      String other = i < right.size() ? pair(right.get(i)) : "";
      lines.add((Columns.left("  " + first, second) + other).stripTrailing());
    }
    return lines;
  }

  private String pair(String[] entry) {
    return style.quiet(Columns.left(entry[0], 16)) + entry[1];
  }

  /** The stages, and where to read more. */
  public List<String> foot(ExperimentView view, Places places) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(stages(view));
    lines.add("");
    lines.addAll(artifacts(view));
    lines.addAll(places(view, places));
    return lines;
  }

  /** The files that it has left; none in experiments from before they were kept. */
  private List<String> artifacts(ExperimentView view) {
    if (view.artifacts().isEmpty()) {
      return List.of();
    }
    TextTable table = TextTable.of("artifact", "kind", "bytes>", "sha-256");
    for (ArtifactView artifact : view.artifacts()) {
      table.row(
          artifact.name(),
          artifact.kind(),
          Figures.count(artifact.bytes()),
          style.quiet(artifact.digest().substring(0, 16) + "…"));
    }
    List<String> lines = new ArrayList<>(table.lines(style, 2));
    lines.add("");
    return lines;
  }

  private List<String> stages(ExperimentView view) {
    TextTable table = TextTable.of("stage", "time>", "units>", "recoveries>", "");
    for (StageView stage : StagesInShort.of(view.stages())) {
      table.row(
          stage.name(),
          Figures.duration(stage.seconds()),
          Integer.toString(stage.attempts()),
          stage.recoveries() == 0 ? "0" : style.warn(Integer.toString(stage.recoveries())),
          stage.state() == StageState.COMPLETED ? "" : style.quiet(stage.state().words()));
    }
    table.row(
        "in all",
        Figures.duration(view.seconds()),
        Integer.toString(view.attempts()),
        Integer.toString(view.recoveries()),
        "");
    return table.lines(style, 2);
  }

  private List<String> places(ExperimentView view, Places places) {
    List<String> lines = new ArrayList<>();
    place(lines, "digest", view.digest());
    String page = places.page();
    place(lines, "page", page == null ? null : page + style.quiet("  while up runs"));
    place(lines, "report", places.report());
    return lines;
  }

  private void place(List<String> lines, String name, @Nullable String value) {
    if (value != null) {
      lines.add("  " + style.quiet(Columns.left(name, 8)) + value);
    }
  }
}
