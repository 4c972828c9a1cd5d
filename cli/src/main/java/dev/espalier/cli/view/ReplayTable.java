package dev.espalier.cli.view;

import dev.espalier.api.replay.ReplayReport;
import java.util.ArrayList;
import java.util.List;

/** What a replay came to, each digest beside the recorded one. */
public final class ReplayTable {
  private static final int SHOWN = 16;

  private ReplayTable() {}

  public static List<String> lines(ReplayReport report) {
    List<String> lines = new ArrayList<>();
    if (report.histories().isEmpty()) {
      lines.add("histories  none is left to replay: none was kept, and Temporal has none any more");
    }
    report.histories().stream()
        .filter(each -> each.difference() != null)
        .forEach(each ->
            lines.add(
                "histories  %s (run %s): %s"
                    .formatted(each.workflow(), each.run(), each.difference())));
    long same = report.histories().stream().filter(each -> each.difference() == null).count();
    if (same > 0) {
      lines.add("histories  %d taken the same way by today's workflow code".formatted(same));
    }
    int width = report.stages().stream().mapToInt(each -> each.stage().length()).max().orElse(0);
    for (ReplayReport.OfStage stage : report.stages()) {
      String now = stage.recomputed();
      lines.add(
          "%s  recorded %s  now %s  %s"
              .formatted(
                  stage.stage() + " ".repeat(width - stage.stage().length()),
                  stage.recorded().substring(0, SHOWN),
                  now == null ? "-".repeat(SHOWN) : now.substring(0, SHOWN),
                  switch (stage.what()) {
                    case SAME -> "the same";
                    case DIFFERENT -> "DIFFERENT, first at " + stage.words();
                    case NOT_COMPARED -> "not compared: " + stage.words();
                  }));
    }
    if (report.digest() != null) {
      lines.add("digest     recorded %s".formatted(report.recorded()));
      lines.add("           now      %s".formatted(report.digest()));
    }
    lines.add(report.isSame() ? "No difference" : "There are differences");
    return lines;
  }
}
