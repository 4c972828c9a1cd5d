package dev.espalier.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.failure.DidYouMean;
import dev.espalier.search.settings.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What must be right about a training program of one's own before it is launched. */
public final class ProgramChecks {
  /** What stands in a command for what a training is given. */
  public static final List<String> PLACEHOLDERS =
      List.of(
          "architecture",
          "genotype",
          "architectureFile",
          "epochs",
          "scheduleEpochs",
          "seed",
          "checkpoint",
          "data",
          "space");

  /** Braces around a word; others, as those of JSON, stay what they are. */
  public static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");

  private static final List<String> OF_ARCHITECTURE =
      List.of("architecture", "genotype", "architectureFile");

  private static final List<String> BESIDE =
      List.of(
          "program",
          "files",
          "environment",
          "version",
          "metrics",
          "timeoutMinutes",
          "memoryMegabytes");

  private ProgramChecks() {}

  static void check(Checks checks) {
    JsonNode command = checks.at("evaluation.command");
    if (!checks.usable("evaluation.command")) {
      return;
    }
    if (command.isMissingNode()) {
      for (String setting : BESIDE) {
        if (!checks.at("evaluation." + setting).isMissingNode()) {
          checks.problem(
              "evaluation.%s is about a training program of your own, but there is no evaluation.command: "
                  + "give it, or leave this out.",
              setting);
        }
      }
      return;
    }
    List<String> used = new ArrayList<>();
    for (JsonNode word : command) {
      PLACEHOLDER.matcher(word.asText()).results().map(hit -> hit.group(1)).forEach(used::add);
    }
    for (String each : Set.copyOf(used)) {
      if (!PLACEHOLDERS.contains(each)) {
        checks.problem(
            "evaluation.command: {%s} is no placeholder: allowed are %s.%s",
            each,
            String.join(", ", PLACEHOLDERS.stream().map("{%s}"::formatted).toList()),
            DidYouMean.suggestion(each, PLACEHOLDERS)
                .map(" Did you mean {%s}?"::formatted)
                .orElse(""));
      }
    }
    together(checks, command, used);
  }

  private static void together(Checks checks, JsonNode command, List<String> used) {
    if (PLACEHOLDER.matcher(command.path(0).asText()).find()) {
      checks.problem(
          "evaluation.command: the program itself (%s) cannot be a placeholder: name one.",
          command.path(0).asText());
    }
    if (PLACEHOLDERS.containsAll(used) && used.stream().noneMatch(OF_ARCHITECTURE::contains)) {
      checks.problem(
          "evaluation.command does not say which architecture is to be trained: "
              + "add {architecture} or {architectureFile} to it.");
    }
    if (used.contains("genotype")
        && checks.usable("space")
        && !checks.text("space").equals("darts")) {
      checks.problem(
          "evaluation.command: {genotype} is for the space darts, but space is %s: use {architecture}.",
          checks.text("space"));
    }
    if (checks.number("evaluation.rungs") > 1 && !used.contains("epochs")) {
      checks.problem(
          "evaluation.command has no {epochs}, but evaluation.rungs (%d) train some networks further than others: "
              + "add it, or use 1 rung.",
          checks.number("evaluation.rungs"));
    }
    if (!checks.text("network.supernet").isEmpty()) {
      checks.problem(
          "network.supernet (%s) cannot be handed to evaluation.command: leave either out.",
          checks.text("network.supernet"));
    }
  }

  /** The names of the placeholders in a text. */
  public static List<String> in(String text) {
    return PLACEHOLDER.matcher(text).results().map((MatchResult hit) -> hit.group(1)).toList();
  }
}
