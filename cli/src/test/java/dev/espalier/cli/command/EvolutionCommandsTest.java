package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.view.EvolutionExamples;
import dev.espalier.search.canonical.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on an experiment of GNN-guided evolution, and on spaces of its kind. */
class EvolutionCommandsTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void fillStore() {
    try (StoreAccess access = StoreAccess.open(new Home(folder), "test")) {
      StoredEvolution.insert(access.store());
    }
  }

  private static Shell.Result run(String... arguments) {
    return new Shell(folder).run(arguments);
  }

  private static String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void showPrintsItsCard() {
    assertThat(run("show", "h8n").out())
        .contains(EvolutionExamples.WINNER, "Kendall's tau   0.634", "+1.42 points", "─ sep7 ─");
  }

  @Test
  void listHasItsTestAccuracy() {
    assertThat(run("list").out()).contains("gnn-evolution", "61.00 %");
  }

  @Test
  void watchingItWritesItsReport() {
    assertThat(run("watch", StoredEvolution.ID).status()).isZero();

    assertThat(new Home(folder).report(StoredEvolution.ID))
        .content()
        .contains("<!doctype html>", EvolutionExamples.WINNER, "Extrapolation")
        .containsPattern("Kendall(?:'|&#39;)s tau")
        .contains("Accuracy against cost", "Predicted against measured", "genetic");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "dot", "svg", "html"})
  void exportsIt(String format) {
    Shell.Result result = run("export", "h8n", "--format", format);

    assertThat(result.status()).isZero();
    assertThat(result.out())
        .contains(
            switch (format) {
              case "json" -> "\"predicted\" : 0.641";
              case "dot" -> "digraph network";
              case "svg" -> "<svg";
              default -> "<!doctype html>";
            });
  }

  @Test
  void aSpaceOfLayersIsShownWithAnArchitectureAndItsPublishedCost() {
    assertThat(Shell.bare("space", "show", "parallel-ops").out())
        .contains("992,436,543", "layer 2", "image halved", "skip, sep3, sep5, sep7, dil3, dil5");
    JsonNode shown =
        Json.read(
            Shell.bare(
                    "space",
                    "show",
                    "parallel-ops",
                    "--json",
                    "--architecture",
                    "skip|sep3|sep3|sep3|sep3")
                .out(),
            JsonNode.class);
    assertThat(shown.path("macs").asLong()).isPositive();
  }

  @Test
  void aSpaceOfOnesOwnIsAFile() throws IOException {
    String own =
        file(
            "own.yaml",
            """
            stem: 8
            layers:
              - {channels: 8, stride: 1}
              - {channels: 16, stride: 2}
            operations: [skip, sep3, dil3]
            tail: 64
            """);

    assertThat(Shell.bare("space", "show", own).out())
        .contains(
            "architectures    49", "operations       skip, sep3, dil3", "tail             64");
    assertThat(Shell.bare("space", "show", own, "--architecture", "skip|sep3+dil3").out())
        .contains("╰─ dil3 ─╯", "multiply-adds");
  }

  @Test
  void aSpaceFileThatIsNotThereOrWrongStartsNothing() throws IOException {
    Shell.Result missing = run("run", "gnn-evolution", "--space", "no-such.yaml");
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no file no-such.yaml", "parallel-ops");

    String file = file("wrong.yaml", "steam: 8\noperations: [sep9]\n");
    Shell.Result wrong = run("run", "gnn-evolution", "--space", file);
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .contains(file + ", line 1: network.steam is not a setting", "network.stem?")
        .contains(file + ", line 2: network.operations.0 must be one of skip");
    assertThat(Shell.bare("space", "show", file).err()).contains(file + ", line 2: ");
    assertThat(new Home(folder).processesFile()).doesNotExist();
  }
}
