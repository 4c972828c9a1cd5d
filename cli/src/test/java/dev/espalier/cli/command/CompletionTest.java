package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir private Path folder;

  private static String script(String shell) {
    Shell.Result result = Shell.bare("completion", shell);
    assertThat(result.status()).as(result.err()).isZero();
    return result.out();
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    Path script = Files.writeString(folder.resolve("espalier.bash"), script("bash"));

    assertThat(completed(script, "espalier", "re")).contains("resume", "retry", "rerun");
    assertThat(completed(script, "espalier", "list", "--st")).containsExactly("--state");
    assertThat(completed(script, "espalier", "data", "im")).containsExactly("import");
    assertThat(completed(script, "espalier", "engine")).isEmpty(); // nobody's business
  }

  /** What bash offers for the last of these words. */
  private static List<String> completed(Path script, String... words) throws Exception {
    return output(
            "bash",
            "-c",
            ("compopt() { :; }; source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_espalier; "
                    + "printf '%%s\\n' \"${COMPREPLY[@]}\"")
                .formatted(script, String.join(" ", words), words.length - 1))
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @Test
  void fishHasEveryCommandWithItsFirstSentence() {
    List<String> lines = script("fish").lines().toList();

    assertThat(lines)
        .contains(
            "complete -c espalier -f -n '__fish_use_subcommand' -a 'list' "
                + "-d 'Lists the experiments of this home, newest first'")
        .anySatisfy(line ->
            assertThat(line)
                .contains(
                    "'__fish_seen_subcommand_from data; and __fish_seen_subcommand_from import'",
                    "-l format"))
        .allSatisfy(line ->
            assertThat(line)
                .startsWith("complete -c espalier ")
                .doesNotContain("engine-environment"));
  }

  @Test
  void fishReadsIt() throws Exception {
    assumeThat(System.getenv("PATH").split(":"))
        .as("fish is not here")
        .anyMatch(place -> Files.isExecutable(Path.of(place, "fish")));
    Path script = Files.writeString(folder.resolve("espalier.fish"), script("fish"));

    assertThat(output("fish", "-c", "source %s; complete -C 'espalier re'".formatted(script)))
        .contains("retry\t", "rerun\t");
  }

  @Test
  void anotherShellIsRefused() {
    Shell.Result result = Shell.bare("completion", "tcsh");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("tcsh").containsIgnoringCase("fish");
  }
}
