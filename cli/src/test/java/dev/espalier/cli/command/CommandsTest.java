package dev.espalier.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.cli.home.Home;
import dev.espalier.cli.view.Examples;
import dev.espalier.search.canonical.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on a home where nothing runs. */
class CommandsTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void fillStore() {
    try (StoreAccess access = StoreAccess.open(new Home(folder), "test")) {
      StoredExamples.insertAll(access.store());
    }
  }

  private static Shell.Result run(String... arguments) {
    return new Shell(folder).run(arguments);
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void showAsJsonHasTheFieldsThatAreContract() {
    Shell.Result result = run("show", StoredExamples.COMPLETED, "--json");

    assertThat(result.status()).isZero();
    JsonNode shown = Json.read(result.out(), JsonNode.class);
    assertThat(fields(shown))
        .contains("id", "state", "method", "space", "data", "seed", "digest", "result", "stages");
    assertThat(shown.path("state").asText()).isEqualTo("COMPLETED");
    assertThat(shown.path("digest").asText()).isEqualTo("d1e2".repeat(16));
    assertThat(shown.at("/result/architecture").asText()).isEqualTo(Examples.CELL);
    assertThat(shown.path("stages")).hasSize(4);
    assertThat(fields(shown.at("/stages/1")))
        .contains("name", "key", "state", "attempts", "recoveries", "seconds");
    assertThat(shown.at("/stages/1/seconds").asDouble()).isEqualTo(95.3);
  }

  @Test
  void listAsJsonIsAnArrayNewestFirst() {
    Shell.Result result = run("list", "--json");

    JsonNode list = Json.read(result.out(), JsonNode.class);
    assertThat(list).hasSize(3);
    assertThat(list.at("/0/id").asText()).isEqualTo(StoredExamples.COMPLETED);
    assertThat(list.at("/0/accuracy").asDouble()).isEqualTo(0.518);
    assertThat(fields(list.get(0)))
        .contains("id", "state", "method", "space", "data", "seed", "digest");
  }

  @Test
  void listHasPartsAndAnOrder() {
    Shell.Result first = run("list", "--limit", "1", "--sort", "-created");
    assertThat(first.out().lines()).hasSize(2); // with the heading
    assertThat(first.err()).contains("1 to 1 of 3");
    assertThat(run("list", "--state", "needs-attention", "--json").out())
        .contains(StoredExamples.FAILED)
        .doesNotContain(StoredExamples.COMPLETED);
    assertThat(run("list", "--find", "no-such-word").out()).contains("No experiment is like that");
    assertThat(run("list", "--offset", "99").out()).contains("No more: there are 3");
    Shell.Result wrong = run("list", "--state", "ended", "--limit", "-1");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("state ended is none", "limit must be a whole number");
  }

  @Test
  void aNameCanStandWhereAnIdCan() {
    assertThat(run("name", "9xyz", "Second try").out())
        .contains(StoredExamples.FAILED + " now has name \"Second try\"");
    assertThat(run("tag", "Second try", "+paper", "draft").out()).contains("tags draft, paper");
    assertThat(run("tag", "9xyz", "--remove", "draft").out()).contains("tags paper");
    assertThat(run("note", "9xyz", "to be shown").out()).contains("note \"to be shown\"");
    assertThat(run("show", "Second try").out()).contains(StoredExamples.FAILED, "tags paper");
    assertThat(run("list", "--tag", "paper").out()).contains("Second try #paper");
    assertThat(run("list", "--method", "te-nas", "--since", "2000-01-01", "--json").out())
        .contains(StoredExamples.FAILED, "\"paper\"");
    assertThat(run("name", "2222", "Second try").status()).isZero();
    assertThat(run("show", "Second try").err()).contains("may be any of 2 experiments");
    assertThat(run("name", "2222", "a\nb").status()).isEqualTo(2);
    assertThat(run("logs", StoredExamples.FAILED).out()).contains("note \"to be shown\"");
    run("name", "2222", "");
    run("name", "9xyz", "");
    run("note", "9xyz", "");
    run("tag", "9xyz", "--remove", "paper");
    assertThat(run("list").out()).doesNotContain("NAME AND TAGS");
  }

  @Test
  void listForPeopleHasALineForEach() {
    assertThat(run("list").out().lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith(StoredExamples.FAILED + "  needs attention"));
  }

  @Test
  void aShortBeginningOfTheIdIsEnough() {
    assertThat(run("show", "7f3").out()).contains("━━━ te-nas", Examples.CELL, "51.80 %");
  }

  @Test
  void anIdThatFitsSeveralIsRefusedWithTheirNames() {
    Shell.Result result = run("show", "te-nas");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains(StoredExamples.RUNNING, StoredExamples.COMPLETED, "give more of the id");
  }

  @Test
  void anUnknownIdSaysHowToFindTheRightOne() {
    Shell.Result result = run("show", "nothing");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("there is no experiment \"nothing\"", "espalier list");
    assertThat(result.out()).isEmpty();
  }

  @Test
  void logsTellWhatHappened() {
    assertThat(run("logs", "7f3").out())
        .contains("Launched by ada  (api)", "Completed  (workflow)");
    assertThat(Json.read(run("logs", "7f3", "--json").out(), JsonNode.class))
        .hasSize(2)
        .first()
        .satisfies(
            event -> assertThat(fields(event)).contains("sequence", "at", "kind", "text", "by"));
  }

  @Test
  void followingTheLogOfACompletedExperimentEnds() {
    Shell.Result result = run("logs", "7f3", "--follow", "--json");

    assertThat(result.status()).isZero();
    assertThat(result.out().lines()).hasSize(2);
  }

  @Test
  void watchingACompletedExperimentEndsWithItsCardAndWritesItsReport() {
    Shell.Result result = run("watch", "7f3");

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("NTK condition   34.2 ± 2.13", "digest  d1e2");
    assertThat(new Home(folder).report(StoredExamples.COMPLETED))
        .content()
        .contains("<!doctype html>", Examples.CELL);
  }

  @Test
  void watchingOneThatNeedsAttentionEndsWithTheReasonAndTheCommandThatMends() {
    Shell.Result result = run("watch", StoredExamples.FAILED);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out())
        .contains("the disk is full", "espalier retry te-nas-9xyz45 --home " + folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "dot", "svg", "html"})
  void exportsToAFileAndToStandardOutput(String format) throws IOException {
    Path file = folder.resolve("out." + format);

    assertThat(run("export", "7f3", "--format", format, "-o", file.toString()).status()).isZero();
    String content = Files.readString(file);
    assertThat(content)
        .contains(
            switch (format) {
              case "json" -> "\"digest\" : \"d1e2";
              case "dot" -> "digraph";
              case "svg" -> "<svg";
              default -> "<!doctype html>";
            });
    String printed = run("export", "7f3", "--format", format, "-o", "-").out();
    assertThat(printed.stripTrailing()).isEqualTo(content.stripTrailing());
  }

  @Test
  void thereIsNoDrawingOfWhatIsNotFoundYet() {
    Shell.Result result = run("export", StoredExamples.RUNNING, "--format", "svg");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("has no architecture yet");
  }

  @Test
  void withoutAnUpAWishIsNotedForTheNextOne() {
    Shell.Result result = run("pause", StoredExamples.RUNNING);

    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("takes effect at the next");
    JsonNode shown = Json.read(run("show", StoredExamples.RUNNING, "--json").out(), JsonNode.class);
    assertThat(shown.path("desired").asText()).isEqualTo("PAUSED");
    assertThat(run("logs", StoredExamples.RUNNING).out()).contains("Asked to pause");
  }

  @Test
  void whatIsOverCannotBePaused() {
    Shell.Result result = run("pause", "7f3");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("is completed: there is nothing to pause");
  }

  @Test
  void onlyWhatNeedsAttentionCanBeRetried() {
    assertThat(run("retry", StoredExamples.RUNNING).status()).isEqualTo(2);
    assertThat(run("retry", StoredExamples.FAILED, "--stage", "evaluat").err())
        .contains("has no stage \"evaluat\": it has prepare-data, prune, evaluate, report");
    assertThat(run("retry", StoredExamples.FAILED).out()).contains("retry noted");
  }

  @Test
  void manyAreRetriedEachByItselfAndWhatIsRefusedShowsInTheStatus() {
    Shell.Result named = run("retry", StoredExamples.RUNNING, StoredExamples.FAILED, "nobody");
    assertThat(named.status()).isEqualTo(2);
    assertThat(named.out())
        .contains(
            StoredExamples.RUNNING + " is running: only an experiment that needs attention",
            StoredExamples.FAILED + ": retry ", // another test may have asked before
            "nobody: ");

    Shell.Result failed = run("retry", StoredExamples.RUNNING, StoredExamples.FAILED, "--failed");
    assertThat(failed.status()).isZero();
    assertThat(failed.out())
        .contains(
            StoredExamples.RUNNING + ": needs no attention: left alone",
            StoredExamples.FAILED + ": retry was asked for already");
    assertThat(run("logs", StoredExamples.FAILED).out())
        .containsOnlyOnce("Asked to retry")
        .contains(User.name());
  }

  @Test
  void allThatNeedAttentionAreRetriedWithoutBeingNamed() {
    Shell.Result result = run("retry", "--failed", "--json");

    assertThat(result.status()).isZero();
    JsonNode outcomes = Json.read(result.out(), JsonNode.class);
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.path(0).path("id").asText()).isEqualTo(StoredExamples.FAILED);
    assertThat(run("retry").err()).contains("Name one or more, or --failed");
    assertThat(run("retry", "--failed", "--stage", "prune").err()).contains("--stage goes with");
  }

  @Test
  void aSpecificationWithMistakesStartsNothing() {
    Shell.Result result =
        run("run", "te-nas", "--space", "nas-bench-202", "--set", "search.ntk.batch=none");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("nas-bench-202", "search.ntk.batch").doesNotContain("\tat ");
    assertThat(new Home(folder).processesFile()).doesNotExist();
  }

  @Test
  void aMissingSpecificationFileIsNamed() {
    Shell.Result result = run("run", "no-such.yaml");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("there is no file no-such.yaml", "te-nas");
  }

  @Test
  void seedAndSeedsExcludeEachOther() {
    assertThat(run("run", "te-nas", "--seed", "1", "--seeds", "2").err()).contains("--seeds");
  }

  @Test
  void spacesAreListedAndShown() {
    assertThat(Shell.bare("space", "list").out()).contains("nas-bench-201", "15,625");
    assertThat(Shell.bare("space", "show", "nas-bench-201", "--architecture", Examples.CELL).out())
        .contains("conv 3×3", "830,426");
    assertThat(Shell.bare("space", "show", "nas-bench-202").err())
        .contains("Did you mean nas-bench-201?");
  }

  @Test
  void latenciesAreToldFromATable(@TempDir Path folder) throws IOException {
    Path csv = folder.resolve("times.csv");
    Files.writeString(
        csv, "architecture,r,phone\nk3e3-k3e3|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3|k3e3-k3e3,192,8.25\n");
    String[] shown = {
      "space",
      "show",
      "mobilenet-v3",
      "--architecture",
      "ks=3, e=3, d=2",
      "--latencies",
      csv.toString()
    };
    assertThat(Shell.bare(with(shown, "--device", "phone", "--image-size", "192")).out())
        .contains("8.25 ms on phone", "of 1 measured networks");
    assertThat(Shell.bare(with(shown, "--device", "phone")).out())
        .contains("not measured on phone");
    assertThat(Shell.bare(with(shown, "--device", "phone", "--image-size", "192", "--json")).out())
        .contains("\"millis\"", "8.25");
    assertThat(Shell.bare(shown).err()).contains("--latencies needs --device, one of phone");
    assertThat(Shell.bare(with(shown, "--device", "tablet")).err())
        .contains("no device \"tablet\"");
    shown[2] = "nas-bench-201";
    shown[4] = Examples.CELL;
    assertThat(Shell.bare(with(shown, "--device", "phone")).err())
        .contains("1 of 1 rows are no architectures of the space nas-bench-201");
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void genotypesAreShownWithWhatTheirNetworksCost() {
    assertThat(Shell.bare("space", "show", "darts").out()).contains("sep_conv_5x5", "max_pool_3x3");
    String dartsV2 =
        "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1),"
            + " ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)],"
            + " normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1),"
            + " ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2),"
            + " ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])";
    // Liu et al. 2019: 3.3 M parameters for CIFAR, 4.7 M for ImageNet.
    assertThat(Shell.bare("space", "show", "darts", "--architecture", dartsV2).out())
        .contains("reduction cell", "dil 3×3 ───────┴─▶ 5", "3,349,342", "4,718,752");
    assertThat(Shell.bare("space", "show", "darts", "--json", "--architecture", dartsV2).out())
        .contains("3349342");
  }
}
