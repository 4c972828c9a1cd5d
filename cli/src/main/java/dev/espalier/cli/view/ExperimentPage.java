package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentView;
import dev.espalier.api.view.StageView;
import dev.espalier.search.experiment.StageState;
import java.util.ArrayList;
import java.util.List;

/** Where an experiment without a result stands, and what a person can do about it. */
public final class ExperimentPage {

  private static final int WIDTH = 80;

  private ExperimentPage() {}

  /**
   * The page.
   *
   * @param home what a command needs to reach this home: empty, or {@code --home DIR}
   */
  public static List<String> lines(ExperimentView view, String home, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(Columns.ends(style.strong(Words.title(view)), style.quiet(view.id()), WIDTH));
    String standing = style.state(view.state(), view.state().words());
    if (view.started() != null) {
      standing += " · " + Figures.duration(view.seconds());
    }
    if (view.progress() > 0 && view.progress() < 1) {
      standing += " · %.0f %% done".formatted(100 * view.progress());
    }
    if (view.recoveries() > 0) {
      standing += " · " + Words.recoveries(view.recoveries());
    }
    lines.add(standing);
    if (view.reason() != null && !view.reason().isBlank()) {
      lines.add("");
      view.reason().lines().forEach(line -> lines.add("  " + style.bad(Plain.line(line))));
    }
    lines.add("");
    lines.addAll(stages(view, style));
    List<String> advice = advice(view, home);
    if (!advice.isEmpty()) {
      lines.add("");
      lines.addAll(advice);
    }
    return lines;
  }

  private static List<String> stages(ExperimentView view, Style style) {
    TextTable table = TextTable.of("stage", "state", "time>", "units>", "recoveries>", "");
    for (StageView stage : view.stages()) {
      boolean begun = stage.started() != null;
      table.row(
          stage.name(),
          style.state(stage.state(), stage.state().words()),
          begun ? Figures.duration(stage.seconds()) : "",
          begun ? Integer.toString(stage.attempts()) : "",
          begun ? Integer.toString(stage.recoveries()) : "",
          stage.state() == StageState.COMPLETED ? "" : Words.shortProgress(stage.progress()));
    }
    return table.lines(style, 2);
  }

  private static List<String> advice(ExperimentView view, String home) {
    String rest = " " + view.id() + home;
    return switch (view.state()) {
      case NEEDS_ATTENTION ->
          List.of(
              "  to try again  espalier retry" + rest,
              "  to know more  espalier logs" + rest,
              "  to stop it    espalier cancel" + rest);
      case PAUSED -> List.of("  to go on  espalier resume" + rest);
      case QUEUED, RUNNING -> List.of("  to watch it  espalier watch" + rest);
      case CANCELLED ->
          List.of("  Finished stages are kept: the same experiment, run again, reuses them.");
      default -> List.of();
    };
  }
}
