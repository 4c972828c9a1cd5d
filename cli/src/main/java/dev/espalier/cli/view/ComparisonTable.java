package dev.espalier.cli.view;

import dev.espalier.api.report.Figures;
import dev.espalier.api.view.Comparison;
import dev.espalier.api.view.Comparison.Compared;
import dev.espalier.search.experiment.ExperimentState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Experiments side by side: what each found, then who has which of the settings that differ. */
public final class ComparisonTable {
  private static final int SHORT = 16;

  private ComparisonTable() {}

  public static List<String> lines(Comparison comparison, Style style) {
    TextTable results =
        TextTable.of(
            "id",
            "state",
            "method",
            "data",
            "seed>",
            "valid>",
            "test>",
            "parameters>",
            "time>",
            "digest");
    for (Compared each : comparison.experiments()) {
      ExperimentState state = ExperimentState.valueOf(each.state());
      results.row(
          each.id(),
          style.state(state, state.words()),
          each.method(),
          each.data(),
          Long.toString(each.seed()),
          percent(each.validation()),
          percent(each.test()),
          each.parameters() == null ? "" : "%,d".formatted(each.parameters()),
          Figures.duration(each.seconds()),
          each.digest() == null ? "" : each.digest().substring(0, SHORT));
    }
    List<String> lines = new ArrayList<>(results.lines(style, 2));
    comparison
        .seeds()
        .forEach(seeds -> {
          lines.add("");
          lines.add(
              "  test accuracy of %s: %s (95 %% %s to %s)"
                  .formatted(
                      who(seeds.experiments(), comparison),
                      Figures.percent(seeds.mean()),
                      Figures.percent(seeds.low()),
                      Figures.percent(seeds.high())));
        });
    add(lines, "found", values(comparison, Compared::architecture), style);
    List<String> differing = new ArrayList<>();
    comparison
        .settings()
        .forEach(difference -> {
          differing.add("  " + difference.setting());
          difference
              .values()
              .forEach(value ->
                  differing.add(
                      "    %s  %s"
                          .formatted(
                              value.value() == null ? "(not set)" : value.value(),
                              style.quiet(who(value.experiments(), comparison)))));
        });
    lines.add("");
    if (differing.isEmpty()) {
      lines.add("  their settings are the same");
    } else {
      lines.add(style.quiet("  settings that differ"));
      lines.addAll(differing);
    }
    addWhereDifferent(lines, "version of the program", Compared::version, comparison, style);
    addWhereDifferent(lines, "arithmetic", Compared::numericClass, comparison, style);
    addWhereDifferent(lines, "data (its bytes)", Compared::dataDigest, comparison, style);
    return lines;
  }

  private static void addWhereDifferent(
      List<String> lines,
      String what,
      Function<Compared, @Nullable String> value,
      Comparison comparison,
      Style style) {
    List<String> values = values(comparison, value);
    if (values.size() > 1) {
      add(lines, what, values, style);
    }
  }

  private static void add(List<String> lines, String heading, List<String> values, Style style) {
    if (!values.isEmpty()) {
      lines.add("");
      lines.add(style.quiet("  " + heading));
      values.forEach(value -> lines.add("    " + value));
    }
  }

  /** Each value once, with those that have it. */
  private static List<String> values(
      Comparison comparison, Function<Compared, @Nullable String> value) {
    return comparison.experiments().stream()
        .map(value)
        .flatMap(Stream::ofNullable)
        .distinct()
        .map(each ->
            each
                + "  "
                + who(
                    comparison.experiments().stream()
                        .filter(one -> each.equals(value.apply(one)))
                        .map(Compared::id)
                        .toList(),
                    comparison))
        .toList();
  }

  private static String who(List<String> ids, Comparison comparison) {
    return ids.size() == comparison.experiments().size() ? "all" : String.join(", ", ids);
  }

  private static String percent(@Nullable Double ratio) {
    return ratio == null ? "" : Figures.percent(ratio);
  }
}
