package dev.espalier.cli.view;

import dev.espalier.api.launch.RerunPlan;
import dev.espalier.api.launch.RerunPlan.Change;
import dev.espalier.api.launch.RerunPlan.PlannedStage;
import dev.espalier.api.report.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a rerun would reuse and compute, one stage a line. */
public final class RerunPlanTable {
  /** Digests are told by their beginning. */
  private static final int SHOWN = 24;

  private static final int MOST = 3;

  private RerunPlanTable() {}

  public static List<String> lines(RerunPlan plan, Style style) {
    TextTable table = TextTable.of("stage", "", "about>", "why");
    boolean changed = false;
    boolean anew = false;
    for (PlannedStage stage : plan.stages()) {
      anew |= stage.name().equals(plan.from());
      table.row(
          stage.name(),
          what(stage),
          stage.seconds() == null ? "" : Figures.duration(stage.seconds()),
          why(stage, changed, anew));
      changed |= !stage.changes().isEmpty();
    }
    List<String> lines = new ArrayList<>();
    lines.add("A %s of %s:".formatted(plan.verb(), plan.experiment()));
    lines.add("");
    lines.addAll(table.lines(style, 2));
    if (plan.seconds() != null && plan.computesSomething()) {
      lines.add("");
      lines.add(
          "  About %s, by what these stages took before"
              .formatted(Figures.duration(plan.seconds())));
    }
    return lines;
  }

  private static String what(PlannedStage stage) {
    return switch (stage.what()) {
      case REUSED -> "reused";
      case AWAITED -> "awaited from " + stage.by();
      case CHECKED -> "checked again";
      case COMPUTED -> "computed";
    };
  }

  private static String why(PlannedStage stage, boolean changedBefore, boolean anew) {
    if (!stage.changes().isEmpty()) {
      String all =
          stage.changes().stream()
              .limit(MOST)
              .map(RerunPlanTable::inWords)
              .collect(Collectors.joining(", "));
      int others = stage.changes().size() - MOST;
      return others > 0 ? "%s and %d more".formatted(all, others) : all;
    }
    if (stage.what() != RerunPlan.What.COMPUTED) {
      return "";
    }
    if (anew) {
      return "asked for with --from";
    }
    return changedBefore ? "a stage before it is another" : "not finished before";
  }

  private static String inWords(Change change) {
    return "%s %s -> %s".formatted(change.setting(), text(change.before()), text(change.after()));
  }

  private static String text(String value) {
    if (value.isEmpty()) {
      return "(none)";
    }
    return value.length() > SHOWN ? value.substring(0, SHOWN - 3) + "..." : value;
  }
}
