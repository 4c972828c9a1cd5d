package dev.espalier.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Commands and options in the words of the shell <a
 * href="https://fishshell.com/docs/current/completions.html">fish</a>, for which picocli has none.
 */
final class FishCompletion {
  private final String program;
  private final List<String> lines = new ArrayList<>();

  private FishCompletion(String program) {
    this.program = program;
  }

  static String script(CommandSpec root) {
    FishCompletion script = new FishCompletion(root.name());
    script.add(root, List.of());
    return String.join("\n", script.lines);
  }

  /**
   * @param path the words that lead to the command, without the program's
   */
  private void add(CommandSpec command, List<String> path) {
    List<CommandLine> subcommands =
        command.subcommands().values().stream()
            .filter(each -> !each.getCommandSpec().usageMessage().hidden())
            .distinct()
            .toList();
    for (CommandLine each : subcommands) {
      lines.add(
          "complete -c %s -f -n %s -a %s -d %s"
              .formatted(
                  program,
                  quoted(isAt(path, subcommands)),
                  quoted(each.getCommandName()),
                  quoted(firstSentence(each.getCommandSpec().usageMessage().description()))));
    }
    if (!path.isEmpty()) {
      command.options().stream()
          .filter(option -> !option.hidden())
          .forEach(option -> lines.add(line(option, path)));
    }
    for (CommandLine each : subcommands) {
      List<String> deeper = new ArrayList<>(path);
      deeper.add(each.getCommandName());
      add(each.getCommandSpec(), deeper);
    }
  }

  private String line(OptionSpec option, List<String> path) {
    String names =
        Arrays.stream(option.names())
            .map(name ->
                name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
            .collect(Collectors.joining(" "));
    Iterable<String> candidates = option.completionCandidates();
    String values =
        option.arity().max() == 0
            ? ""
            : candidates == null
                ? " -r"
                : " -x -a "
                    + quoted(
                        StreamSupport.stream(candidates.spliterator(), false)
                            .collect(Collectors.joining(" ")));
    return "complete -c %s -n %s %s%s -d %s"
        .formatted(
            program,
            quoted(isIn(path)),
            names,
            values,
            quoted(firstSentence(option.description())));
  }

  /** True where the words lead to a command, and none of its subcommands was given. */
  private static String isAt(List<String> path, List<CommandLine> subcommands) {
    if (path.isEmpty()) {
      return "__fish_use_subcommand";
    }
    return isIn(path)
        + "; and not __fish_seen_subcommand_from "
        + subcommands.stream().map(CommandLine::getCommandName).collect(Collectors.joining(" "));
  }

  private static String isIn(List<String> path) {
    return path.stream()
        .map("__fish_seen_subcommand_from "::concat)
        .collect(Collectors.joining("; and "));
  }

  private static String firstSentence(String[] description) {
    String plain =
        Ansi.OFF.string(String.join(" ", description)).replace("%n", " ").replaceAll("\\s+", " ");
    int end = plain.indexOf(". ");
    String sentence = end < 0 ? plain : plain.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
