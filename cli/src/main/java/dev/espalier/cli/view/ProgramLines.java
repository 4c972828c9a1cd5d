package dev.espalier.cli.view;

import dev.espalier.store.ExperimentDocument;
import dev.espalier.store.ExperimentStage;
import dev.espalier.store.Store;
import dev.espalier.store.program.ProgramRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an experiment's own training program did and wrote, for people. */
public final class ProgramLines {
  private ProgramLines() {}

  /** Its runs, the oldest first. */
  public static List<ProgramRun> runs(Store store, ExperimentDocument experiment) {
    return experiment.stages().stream()
        .map(ExperimentStage::key)
        .filter(key -> !key.isEmpty())
        .flatMap(key -> ProgramRun.of(store, key).stream())
        .toList();
  }

  /** Every run with all that it wrote. */
  public static List<String> whole(Store store, List<ProgramRun> runs, Style style) {
    List<String> lines = new ArrayList<>();
    for (ProgramRun run : runs) {
      lines.add(style.strong(heading(run)));
      String log = new String(store.artifacts().get(run.log()), StandardCharsets.UTF_8);
      log.lines().forEach(line -> lines.add("  " + Plain.line(line)));
    }
    return lines;
  }

  /** The last run that did not end well, with its last words; empty where all did. */
  public static List<String> trouble(List<ProgramRun> runs, String id, Style style) {
    List<String> lines = new ArrayList<>();
    runs.reversed().stream()
        .filter(run -> !run.ended().equals("completed") && !run.ended().equals("stopped"))
        .findFirst()
        .ifPresent(run -> {
          lines.add("");
          lines.add(style.strong("  " + heading(run)));
          run.tail().lines().forEach(line -> lines.add("    " + Plain.line(line)));
          lines.add("  all that it wrote  espalier logs " + id + " --programs");
        });
    return lines;
  }

  private static String heading(ProgramRun run) {
    return "%s  %s  %s, after epoch %d"
        .formatted(run.when(), run.architecture(), Plain.line(run.ended()), run.epochs());
  }
}
