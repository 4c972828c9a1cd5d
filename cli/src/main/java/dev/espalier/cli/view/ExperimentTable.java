package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.ExperimentLine;
import dev.espalier.search.experiment.ExperimentState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of experiments, one a line, within 80 columns for names of usual length. */
public final class ExperimentTable {

  private ExperimentTable() {}

  public static List<String> lines(List<ExperimentLine> experiments, Instant now, Style style) {
    boolean labelled = experiments.stream().anyMatch(each -> !called(each).isEmpty());
    TextTable table =
        TextTable.of(
            "ID",
            "STATE",
            "METHOD",
            "DATA",
            "SEED>",
            "TEST>",
            "TIME>",
            "LAUNCHED",
            labelled ? "NAME AND TAGS" : "");
    for (ExperimentLine each : experiments) {
      table.row(
          each.id(),
          style.state(each.state(), standing(each)),
          each.method(),
          Columns.fit(each.data(), 14),
          Long.toString(each.seed()),
          each.accuracy() == null ? "" : Figures.percent(each.accuracy()),
          each.started() == null ? "" : Figures.clock(each.seconds()),
          ago(Duration.between(each.created(), now)),
          called(each));
    }
    return table.lines(style, 0);
  }

  /** {@code a name #tag #other}. */
  private static String called(ExperimentLine experiment) {
    return Plain.line(
        Stream.concat(
                Stream.of(experiment.labels().name()),
                experiment.labels().tags().stream().map(tag -> "#" + tag))
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining(" ")));
  }

  /** {@code running 62 %}; other states as they are. */
  private static String standing(ExperimentLine experiment) {
    String state = experiment.state().words();
    return experiment.state() == ExperimentState.RUNNING
        ? String.format(Locale.ROOT, "%s %.0f %%", state, 100 * experiment.progress())
        : state;
  }

  static String ago(Duration since) {
    long seconds = Math.max(0, since.toSeconds());
    if (seconds < 60) {
      return "just now";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min ago";
    }
    return seconds < 48 * 3600 ? seconds / 3600 + " h ago" : seconds / 86400 + " days ago";
  }
}
