package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.api.upkeep.DeletionPlan;
import dev.espalier.store.Deletion;
import dev.espalier.store.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What takes how much, and what a deletion frees, in words. */
public final class UsageLines {
  private UsageLines() {}

  /** What a deletion would do. */
  public static List<String> of(DeletionPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("Deleting %s".formatted(plan.experiment()));
    lines.add("  frees  " + words(plan.frees()));
    if (plan.sharing() > 0) {
      lines.add("  stays  %s".formatted(words(plan.stays())));
      int more = plan.sharing() - plan.sharers().size();
      lines.add(
          "         since others have it too: %s%s"
              .formatted(
                  String.join(", ", plan.sharers()),
                  more > 0 ? " and %s more".formatted(Figures.count(more)) : ""));
    }
    return lines;
  }

  private static String words(DeletionPlan.Part part) {
    return "%s, %s, %s (%s)"
        .formatted(
            count(part.stages(), "stage"),
            count(part.evaluations(), "evaluation"),
            count(part.artifacts(), "artifact"),
            Figures.bytes(part.bytes()));
  }

  private static String count(long number, String what) {
    return "%s %s%s".formatted(Figures.count(number), what, number == 1 ? "" : "s");
  }

  /** What was deleted. */
  public static String of(Deletion deletion) {
    return "%s was deleted by %s at %s, which freed %s"
        .formatted(
            deletion.experiment(),
            Plain.line(deletion.by()),
            deletion.at(),
            Figures.bytes(deletion.freed().bytes()));
  }

  /** All that was deleted. */
  public static List<String> of(List<Deletion> deletions) {
    return deletions.isEmpty()
        ? List.of("Nothing was deleted here.")
        : deletions.stream().map(UsageLines::of).toList();
  }

  /**
   * What takes how much.
   *
   * @param home bytes by folder
   * @param limit of the experiments
   */
  public static List<String> of(Map<String, Long> home, Usage usage, int limit, Style style) {
    List<String> lines = new ArrayList<>();
    TextTable folders = TextTable.of("IN THE HOME", "SIZE>");
    home.forEach((name, bytes) -> folders.row(name, Figures.bytes(bytes)));
    lines.addAll(folders.lines(style, 0));
    lines.add("");
    TextTable store = TextTable.of("IN THE STORE", "SIZE>");
    store.row("artifacts", Figures.bytes(usage.total()));
    store.row("  data sets and models", Figures.bytes(usage.imported()));
    store.row("  shared by experiments", Figures.bytes(usage.shared()));
    store.row("  named by nothing", Figures.bytes(usage.unreferenced()));
    lines.addAll(store.lines(style, 0));
    lines.add("");
    TextTable kinds = TextTable.of("KIND", "ARTIFACTS>", "SIZE>");
    usage
        .kinds()
        .forEach(each ->
            kinds.row(each.kind(), Figures.count(each.artifacts()), Figures.bytes(each.bytes())));
    lines.addAll(kinds.lines(style, 0));
    lines.add("");
    TextTable experiments = TextTable.of("EXPERIMENT", "ITS OWN>", "SHARED>", "MOST OF IT");
    usage.experiments().stream()
        .limit(Math.max(0, limit))
        .forEach(each ->
            experiments.row(
                each.id(), Figures.bytes(each.own()), Figures.bytes(each.shared()), most(each)));
    lines.addAll(experiments.lines(style, 0));
    return lines;
  }

  private static String most(Usage.OfExperiment experiment) {
    return experiment.kinds().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(2)
        .map(each -> each.getKey() + " " + Figures.bytes(each.getValue()))
        .collect(Collectors.joining(", "));
  }
}
