package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {

  @Test
  void theListOfCommandsCutsNoSentence() {
    Shell.Result help = Shell.bare("--help");

    List<String> lines = help.out().lines().toList();
    for (int i = 0; i + 1 < lines.size(); i++) {
      boolean begins = lines.get(i + 1).matches("  [a-z]+ +[A-Z].*") || lines.get(i + 1).isBlank();
      if (begins && lines.get(i).startsWith("  ")) {
        assertThat(lines.get(i)).endsWith(".");
      }
    }
    assertThat(help.out()).contains("keeps its weights.");
  }

  @Test
  void saysOptionOnce() {
    Shell.Result result = Shell.bare("run", "te-nas", "--set", "search.repeats");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--set").doesNotContain("option option");
  }

  @Test
  void helpOfACommandIsWhatTheCommandSays() {
    Shell.Result help = Shell.bare("help", "list");
    assertThat(help.status()).isZero();
    assertThat(help.out()).isEqualTo(Shell.bare("list", "--help").out());
    assertThat(Shell.bare("help").out()).isEqualTo(Shell.bare("--help").out());

    Shell.Result unknown = Shell.bare("help", "lsit");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("lsit").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "train",
        "list",
        "show",
        "open",
        "compare",
        "completion",
        "watch",
        "logs",
        "pause",
        "resume",
        "cancel",
        "retry",
        "rerun",
        "fork",
        "name",
        "tag",
        "note",
        "delete",
        "du",
        "replay",
        "backup",
        "restore",
        "data",
        "data list",
        "data fetch",
        "data import",
        "data verify",
        "space",
        "space list",
        "space show",
        "score",
        "export"
      })
  void everyCommandExplainsItselfOnOneScreenWithAnExample(String command) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.add("--help");

    Shell.Result help = Shell.bare(arguments.toArray(String[]::new));

    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("Usage: espalier " + command, "Example", "  espalier ");
    assertThat(help.out().lines().toList())
        .hasSizeLessThanOrEqualTo(45)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
  }
}
