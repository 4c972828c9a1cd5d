package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.space.Architecture;
import dev.espalier.search.space.ArchitectureFact;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.SpaceDescription;
import dev.espalier.search.space.SpaceDescription.Fact;
import dev.espalier.search.space.StandardNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Search spaces and architectures, described. */
public final class SpacePage {
  /** Width of the column of names. */
  private static final int NAMES = 17;

  private SpacePage() {}

  public static List<String> list(List<SearchSpace> spaces, Style style) {
    TextTable table = TextTable.of("NAME", "ARCHITECTURES>", "TITLE");
    spaces.forEach(
        space -> table.row(space.name(), Figures.count(space.exactSize()), space.title()));
    return table.lines(style, 0);
  }

  public static List<String> space(SearchSpace space, Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(style.strong(space.title()) + style.quiet("  " + space.name()));
    lines.add("");
    lines.add("  " + fact(style, "architectures") + Figures.count(space.exactSize()));
    SpaceDescription description = space.description();
    description.facts().forEach(each -> addFact(lines, each, style));
    lines.add("");
    description.prose().forEach(line -> lines.add("  " + line));
    return lines;
  }

  private static void addFact(List<String> lines, Fact described, Style style) {
    String name = fact(style, described.name());
    for (String line : described.lines()) {
      lines.add("  " + name + line);
      name = " ".repeat(NAMES);
    }
  }

  public static List<String> architecture(
      SearchSpace space, Architecture architecture, Style style) {
    List<String> lines = new ArrayList<>();
    architecture.text().lines().forEach(line -> lines.add(("  " + line).stripTrailing()));
    lines.add("");
    lines.add("  " + style.strong(architecture.canonical()));
    List<ArchitectureFact> facts = space.facts(architecture);
    if (!facts.isEmpty()) {
      lines.add("");
    }
    facts.forEach(each -> lines.add("  " + fact(style, each.title()) + each.value()));
    boolean first = facts.isEmpty();
    for (StandardNetwork network : space.standardNetworks(architecture)) {
      if (first) {
        lines.add("");
      }
      first = true;
      lines.add("  " + fact(style, "parameters") + Figures.count(network.cost().parameters()));
      lines.add("  " + fact(style, "multiply-adds") + Figures.count(network.cost().macs()));
      lines.add(style.quiet("  " + network.title()));
    }
    return lines;
  }

  /** How long an architecture takes, and whether that was measured. */
  public static List<String> latency(
      LatencyTable table, Architecture architecture, int imageSize, Style style) {
    Optional<LatencyTable.Latency> latency = table.of(architecture, imageSize);
    String time =
        latency
            .map(
                each -> "%s ms on %s".formatted(Figures.significant(each.millis()), table.device()))
            .orElse("not measured on " + table.device());
    String how =
        latency.map(LatencyTable.Latency::isMeasured).orElse(true)
            ? "of %s measured networks".formatted(Figures.count(table.size()))
            : "estimated from %s measured networks%s"
                .formatted(
                    Figures.count(table.size()),
                    table
                        .accuracy()
                        .map(each ->
                            ", %s off in the mean".formatted(Figures.percent(each.relativeError())))
                        .orElse(""));
    return List.of("", "  " + fact(style, "latency") + time, style.quiet("  " + how));
  }

  private static String fact(Style style, String name) {
    return style.quiet(Columns.left(name, NAMES));
  }
}
