package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.darts.Genotype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of three cells on a small data set that was imported for it. */
class ScoreCommandTest {
  private static final int IMAGES = 40;
  private static final int RECORD = 1 + 3 * 32 * 32;
  private static final List<String> CELLS =
      List.of(
          "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|",
          "|nor_conv_1x1~0|+|none~0|none~1|+|avg_pool_3x3~0|none~1|nor_conv_1x1~2|",
          "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|");

  @TempDir private static Path folder;

  @BeforeAll
  static void importImages() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    Files.write(images.resolve("train.bin"), records(1));
    Files.write(images.resolve("test.bin"), records(2));
    Files.write(folder.resolve("cells.txt"), CELLS);
    Shell.Result imported =
        run("data", "import", images.toString(), "--format", "cifar10", "--name", "small");
    assertThat(imported.status()).as(imported.err()).isZero();
  }

  private static byte[] records(long seed) {
    RandomStream stream = RandomStream.of(seed, "score-command-test");
    byte[] bytes = new byte[IMAGES * RECORD];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) stream.nextInt(i % RECORD == 0 ? 10 : 256);
    }
    return bytes;
  }

  @Test
  void twoRunsPrintTheSameJsonWithTheStabilityOfEveryRanking() {
    Shell.Result first = score("naswot,l2-norm,ensemble,parameters", "--seeds", "2", "--json");
    Shell.Result second = score("naswot,l2-norm,ensemble,parameters", "--seeds", "2", "--json");

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(second.out()).isEqualTo(first.out());
    JsonNode scores = Json.read(first.out(), JsonNode.class);
    assertThat(scores).hasSize(3);
    JsonNode indicators = scores.get(0).path("indicators");
    assertThat(names(indicators)).containsExactly("ensemble", "l2-norm", "naswot", "parameters");
    assertThat(indicators.at("/naswot/values")).hasSize(2);
    assertThat(indicators.at("/naswot/std").asDouble()).isPositive();
    assertThat(indicators.at("/naswot/stability").asDouble()).isBetween(-1.0, 1.0);
    assertThat(indicators.at("/l2-norm/stability").asDouble()).isEqualTo(1);
    assertThat(indicators.at("/parameters/mean").toString()).isEqualTo("802426");
    assertThat(scores.get(2).at("/indicators/naswot/mean").isNull()).isTrue();
    assertThat(scores.get(2).at("/indicators/ensemble/mean").asDouble())
        .isLessThan(indicators.at("/ensemble/mean").asDouble());
  }

  /** Two random genotypes, and one that no supernet holds. */
  @Test
  void genotypesAreScoredToo() throws IOException {
    Path genotypes = folder.resolve("genotypes.txt");
    List<String> lines = new ArrayList<>();
    for (long seed = 0; seed < 2; seed++) {
      lines.add(DartsSpace.SPACE.random(RandomStream.of(seed, "genotype")).canonical());
    }
    lines.add(
        lines
            .getFirst()
            .replaceFirst(
                "\\[.*?\\)\\]", "[" + "('sep_conv_3x3', 0), ".repeat(7) + "('sep_conv_3x3', 0)]"));
    Files.write(genotypes, lines);
    List<String> arguments =
        new ArrayList<>(
            List.of("score", "--space", "darts", "--data", "small", "--json", "--seeds", "2"));
    arguments.addAll(List.of("--architectures", genotypes.toString()));
    arguments.addAll(List.of("--indicators", "ntk,regions,parameters,naswot,ensemble"));
    arguments.addAll(List.of("--network", "channels=2", "--network", "cells=3"));
    arguments.addAll(List.of("--network", "batch=8", "--network", "imageSize=8"));
    arguments.addAll(List.of("--set", "search.ntk.batch=4", "--set", "search.ntk.imageSize=8"));
    arguments.addAll(List.of("--set", "search.regions.batch=100"));

    Shell.Result first = run(arguments.toArray(String[]::new));
    Shell.Result second = run(arguments.toArray(String[]::new));

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(second.out()).isEqualTo(first.out());
    JsonNode scores = Json.read(first.out(), JsonNode.class);
    assertThat(scores.findValuesAsText("architecture")).isEqualTo(lines);
    for (JsonNode score : scores) {
      assertThat(score.at("/indicators/ntk/mean").asDouble()).isGreaterThan(1);
      assertThat(score.at("/indicators/regions/mean").asDouble()).isBetween(2.0, 100.0);
      assertThat(score.at("/indicators/naswot/values")).hasSize(2);
      assertThat(score.at("/indicators/parameters/mean").asLong())
          .isEqualTo(
              DartsSpace.SPACE
                  .standardCost(Genotype.parse(score.path("architecture").asText()))
                  .parameters());
    }
    assertThat(scores.get(0).at("/indicators/ntk"))
        .isNotEqualTo(scores.get(1).at("/indicators/ntk"));
  }

  /** Whose space the search that the settings come from does not search. */
  @Test
  void cellsOfASpaceWithoutSupernetAreScored() throws IOException {
    Path cells = folder.resolve("modules.txt");
    Files.write(
        cells,
        List.of(
            "output@0",
            "[[0,1,1],[0,0,1],[0,0,0]], ['input', 'conv3x3-bn-relu', 'output']  # pasted"));

    Shell.Result result =
        run(
            "score",
            "--space",
            "nas-bench-101",
            "--data",
            "small",
            "--json",
            "--architectures",
            cells.toString(),
            "--indicators",
            "ntk,parameters",
            "--set",
            "search.ntk.batch=4",
            "--set",
            "search.ntk.imageSize=8");

    assertThat(result.status()).as(result.err()).isZero();
    JsonNode scores = Json.read(result.out(), JsonNode.class);
    assertThat(scores.findValuesAsText("architecture"))
        .containsExactly("output@0", "conv3x3@0-output@0+1");
    assertThat(scores.get(0).at("/indicators/parameters/mean").asLong()).isEqualTo(882_570);
    assertThat(scores.get(1).at("/indicators/ntk/mean").asDouble()).isGreaterThan(1);
  }

  @Test
  void theTableShowsTheStabilityOfWhatSeedsChange() {
    Shell.Result result = score("l2-norm,parameters", "--seeds", "2");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .anyMatch(line -> line.matches("l2-norm +1(\\.0*)?"))
        .anyMatch(line -> line.startsWith("stability: Kendall's tau"))
        .noneMatch(line -> line.matches("parameters +1.*"));
  }

  @Test
  void oneSeedHasNoStability() {
    Shell.Result result = score("l2-norm");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("l2-norm").doesNotContain("stability");
  }

  @Test
  void aFolderIsImportedUnderItsOwnNameOrTheOneItHas() throws IOException {
    Path other = Files.createDirectory(folder.resolve("Other Images"));
    Files.write(other.resolve("train.bin"), records(3));
    Files.write(other.resolve("test.bin"), records(4));
    for (String name : List.of("images", "Other Images")) {
      Shell.Result result =
          run(
              "score",
              "--indicators",
              "parameters",
              "--architectures",
              folder.resolve("cells.txt").toString(),
              "--data",
              folder.resolve(name).toString());
      assertThat(result.status()).as(result.err()).isZero();
    }
    Shell.Result list = run("data", "list", "--json");
    assertThat(Json.read(list.out(), JsonNode.class).findValuesAsText("name"))
        .contains("small", "other-images")
        .doesNotContain("images"); // which was imported as small
  }

  @Test
  void whatIsMisspeltIsNamed() {
    assertThat(score("synflo").err()).contains("Did you mean synflow?");
    assertThat(score("snip", "--network", "cell=2").err()).contains("Did you mean cells?");
    assertThat(score("snip", "--network", "batch=1").status()).isEqualTo(2);
  }

  private static Shell.Result score(String indicators, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("score", "--indicators", indicators, "--data", "small"));
    arguments.addAll(List.of("--architectures", folder.resolve("cells.txt").toString()));
    arguments.addAll(List.of("--network", "channels=4", "--network", "batch=8"));
    arguments.addAll(Arrays.asList(more));
    return run(arguments.toArray(String[]::new));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static Shell.Result run(String... arguments) {
    return new Shell(folder.resolve("home")).run(arguments);
  }
}
