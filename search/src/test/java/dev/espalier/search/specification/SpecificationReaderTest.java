package dev.espalier.search.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.tenas.TeNasSearch;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.pruning.RankingMode;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.space.darts.DartsSpace;
import dev.espalier.search.space.nasbench201.CellNetwork;
import dev.espalier.search.space.nasbench201.NasBench201;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A specification")
class SpecificationReaderTest {
  private static TeNasSpecification read(String text) {
    return (TeNasSpecification) SpecificationReader.read("te-nas.yaml", text, Map.of());
  }

  private static List<String> problems(String text) {
    return problems(text, Map.of());
  }

  private static List<String> problems(String text, Map<String, String> sets) {
    InvalidInput invalid =
        catchThrowableOfType(
            InvalidInput.class, () -> SpecificationReader.read("te-nas.yaml", text, sets));
    assertThat(invalid).as("no problem was found").isNotNull();
    return invalid.problems();
  }

  @Test
  void needsAMethodAndNothingElse() {
    TeNasSpecification standard = read("method: te-nas\n");
    assertThat(standard.preset()).isEqualTo("recommended");
    assertThat(standard.search().ntk().batch()).isEqualTo(64);
    assertThat(standard.search().ntk().imageSize()).isEqualTo(8);
    assertThat(standard.search().regions()).isEqualTo(new RegionSettings(1000, 3, 2, 3, "kaiming"));
    assertThat(standard.evaluation().basics().trainImages()).isEqualTo(2000);
  }

  @Test
  void ofTheQuickPresetIsASmallRun() {
    TeNasSpecification quick = read("method: te-nas\npreset: quick\n");
    assertThat(quick.space()).isEqualTo("nas-bench-201");
    assertThat(quick.search().mode()).isEqualTo("exact");
    assertThat(quick.search().repeats()).isEqualTo(3);
    assertThat(quick.search().ntk().batch()).isEqualTo(32);
    assertThat(quick.search().ntk().imageSize()).isEqualTo(16);
    assertThat(quick.search().regions().samples()).isEqualTo(3000);
    assertThat(quick.evaluation().randomCells()).isEqualTo(3);
    assertThat(quick.evaluation().channels()).isEqualTo(8);
    assertThat(quick.evaluation().basics().trainImages()).isEqualTo(2000);
  }

  @Test
  void ofThePublishedPresetIsThePapersSetting() {
    // specs/te-nas.md, section 1.7
    TeNasSpecification published = TeNasSpecification.preset("published", Map.of());
    assertThat(published.data()).isEqualTo("cifar10");
    assertThat(published.search().ntk())
        .isEqualTo(new NtkSettings(72, 32, 3, 1, "kaiming", "summed", "float64", true));
    assertThat(published.search().regions())
        .isEqualTo(new RegionSettings(1000, 3, 3, 1, "kaiming"));
    assertThat(published.search().prunePerEdge()).isEqualTo(1);
    assertThat(published.search().repeats()).isEqualTo(3);
  }

  @Test
  void takesFromTheTextWhatItGivesAndTheRestFromThePreset() {
    TeNasSpecification specification =
        read(
            """
            # A comment
            method: te-nas
            preset: published
            seed: 7
            search:
              repeats: 5
              ntk: {batch: 16}
            evaluation:
              weightDecay: 5e-4
            budget:
            """);
    assertThat(specification.seed()).isEqualTo(7);
    assertThat(specification.search().repeats()).isEqualTo(5);
    assertThat(specification.search().ntk().batch()).isEqualTo(16);
    assertThat(specification.search().ntk().imageSize()).isEqualTo(32);
    assertThat(specification.evaluation().basics().weightDecay()).isEqualTo(5e-4);
    assertThat(specification.budget().device()).isEqualTo("any");
  }

  @Test
  void isReadFromJsonAsWell() {
    String json = "{\n\t\"method\": \"te-nas\", \"search\": {\"repeats\": 5}}";
    assertThat(read(json)).isEqualTo(read("method: te-nas\nsearch: {repeats: 5}\n"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"quick, exact", "quick, reference", "published, exact", "published, reference"})
  void comesBackFromItsCanonicalJson(String preset, String mode) {
    TeNasSpecification specification =
        TeNasSpecification.preset(preset, Map.of("search.mode", mode, "seed", "9007199254740991"));
    String canonical = specification.canonical();
    assertThat(Json.read(canonical, Specification.class)).isEqualTo(specification);
    assertThat(SpecificationReader.read(canonical, Map.of())).isEqualTo(specification);
    assertThat(read(canonical).canonical()).isEqualTo(canonical);
  }

  @Test
  void isOverriddenByPath() {
    Map<String, String> sets = new LinkedHashMap<>();
    sets.put("search.repeats", "4");
    sets.put("search.operators", "all");
    sets.put("evaluation.learningRate", "1e-2");
    sets.put("evaluation.nesterov", "false");
    sets.put("evaluation.table", "12");
    sets.put("data", "cifar10");
    TeNasSpecification specification =
        (TeNasSpecification) SpecificationReader.read("method: te-nas\nsearch: {repeats: 2}", sets);
    assertThat(specification.search().repeats()).isEqualTo(4);
    assertThat(specification.search().operators()).isEqualTo("all");
    assertThat(specification.evaluation().basics().learningRate()).isEqualTo(0.01);
    assertThat(specification.evaluation().basics().nesterov()).isFalse();
    assertThat(specification.evaluation().table()).isEqualTo("12");
    assertThat(specification.data()).isEqualTo("cifar10");
  }

  @Test
  void inReferenceModeHasThePublishedProgramsInitialisationUnlessItSaysOtherwise() {
    TeNasSpecification reference =
        TeNasSpecification.preset("quick", Map.of("search.mode", "reference"));
    assertThat(reference.search().ntk().initialization()).isEqualTo("pytorch");
    assertThat(reference.search().ntk().eigenvalues()).isEqualTo("float32");
    assertThat(reference.search().regions().initialization()).isEqualTo("pytorch");
    TeNasSpecification mixed =
        TeNasSpecification.preset(
            "quick", Map.of("search.mode", "reference", "search.ntk.initialization", "kaiming"));
    assertThat(mixed.search().ntk().initialization()).isEqualTo("kaiming");
    assertThat(mixed.search().regions().initialization()).isEqualTo("pytorch");
  }

  @Test
  void saysWhatAnImpossibleValueMustBe() {
    assertThat(problems("method: te-nas\nsearch: {repeats: 0}"))
        .containsExactly(
            "te-nas.yaml: search.repeats must be between 1 and 100, but was 0. Use 3, the published setting.");
    assertThat(problems("method: te-nas\nsearch: {ntk: {imageSize: 18}}"))
        .containsExactly(
            "te-nas.yaml: search.ntk.imageSize must be a multiple of 4 between 8 and 224, but was 18."
                + " Use 32, the published setting.");
    assertThat(problems("method: te-nas\nevaluation: {learningRate: -0.1}"))
        .containsExactly(
            "te-nas.yaml: evaluation.learningRate must be a number between 0.000001 and 10, but was -0.1."
                + " Use 0.1, the published setting.");
    assertThat(problems("method: te-nas\nseed: -1"))
        .containsExactly(
            "te-nas.yaml: seed must be between 0 and 9007199254740991, but was -1. Use 0, the published setting.");
  }

  @Test
  void saysWhatAWrongTypeShouldHaveBeen() {
    assertThat(problems("method: te-nas\nsearch: {repeats: three}"))
        .containsExactly(
            "te-nas.yaml: search.repeats must be between 1 and 100, but was \"three\". Use 3, the published setting.");
    assertThat(problems("method: te-nas\nsearch: {repeats: 2.5}"))
        .singleElement()
        .asString()
        .contains("was 2.5");
    assertThat(problems("method: te-nas\nsearch: {repeats: }"))
        .singleElement()
        .asString()
        .contains("was empty");
    assertThat(problems("method: te-nas\nsearch: {repeats: [3]}"))
        .singleElement()
        .asString()
        .contains("was a list");
    assertThat(problems("method: te-nas\nevaluation: {nesterov: 1}"))
        .containsExactly(
            "te-nas.yaml: evaluation.nesterov must be true or false, but was 1. Use true, the published setting.");
    assertThat(problems("method: te-nas\nbudget: gpu"))
        .containsExactly(
            "te-nas.yaml: budget must be a group of settings (device), but was \"gpu\".");
    assertThat(problems("method: te-nas\ndata: 10"))
        .containsExactly(
            "te-nas.yaml: data must be a name of lower-case letters, digits, '.', '_' and '-', but was 10.");
  }

  @Test
  void guessesWhatAnUnknownKeyMeant() {
    assertThat(problems("method: te-nas\nsearch: {repeat: 5}"))
        .containsExactly(
            "te-nas.yaml: search.repeat is not a setting: allowed in search are mode, operators, prunePerEdge,"
                + " repeats, weights, images, ranking, comparison, ntk, regions. Did you mean search.repeats?");
    assertThat(problems("method: te-nas\nsaerch: {repeats: 5}"))
        .containsExactly(
            "te-nas.yaml: saerch is not a setting: allowed are method, space, data, seed, preset, search,"
                + " evaluation, budget, failure. Did you mean search?");
    assertThat(problems("method: te-nas\ncolour: green"))
        .singleElement()
        .asString()
        .doesNotContain("Did you mean");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{method: te-nas, space: nasbench-201};te-nas.yaml: "
            + "space must be one of nas-bench-201, darts, but was \"nasbench-201\". "
            + "Did you mean nas-bench-201?",
        "{method: te-nas, preset: publishd};te-nas.yaml: "
            + "preset must be one of recommended, quick, published, but was \"publishd\". "
            + "Did you mean published?",
        "{method: te-nas, search: {mode: exakt}};te-nas.yaml: "
            + "search.mode must be one of exact, reference, but was \"exakt\". Did you mean exact?",
        "{method: te-nas, budget: {device: tpu}};te-nas.yaml: "
            + "budget.device must be one of any, cpu, gpu, but was \"tpu\". Did you mean cpu?",
        "{method: te-nas, data: 'CIFAR 10'};te-nas.yaml: "
            + "data must be a name of lower-case letters, digits, '.', '_' and '-', but was \"CIFAR 10\".",
      })
  void knowsItsWords(String text, String problem) {
    // "tpu" is one letter from "cpu" and from "gpu": the first is named.
    assertThat(problems(text)).containsExactly(problem);
  }

  @ParameterizedTest(name = "\"{0}\"")
  @ValueSource(strings = {"", "# nothing", "seed: 3", "{}"})
  void withoutAMethodIsNotOne(String text) {
    assertThat(problems(text))
        .containsExactly(
            "te-nas.yaml: method is missing: it must be one of "
                + String.join(", ", Methods.names()));
  }

  @Test
  void knowsTheMethodsThatAreListed() {
    assertThat(problems("method: tenas"))
        .containsExactly(
            "te-nas.yaml: method must be one of %s, but was \"tenas\". Did you mean te-nas?"
                .formatted(String.join(", ", Methods.names())));
  }

  @Test
  void reportsAllProblemsAtOnce() {
    List<String> problems =
        problems(
            """
            method: te-na
            space: dartz
            preset: quik
            search:
              repeats: 0
              prune: 2
              ntk: {batch: many, initialization: kaming}
            evaluation: {batch: 512, trainImages: 100}
            """,
            Map.of("failure.onDiverged", "stopp", "search.regions.batches", "0"));
    assertThat(problems).hasSize(10);
    assertThat(problems)
        .anyMatch(problem -> problem.startsWith("te-nas.yaml: method must be"))
        .anyMatch(problem -> problem.startsWith("te-nas.yaml: space must be"))
        .anyMatch(problem -> problem.startsWith("te-nas.yaml: preset must be"))
        .anyMatch(problem -> problem.startsWith("te-nas.yaml: search.repeats must be"))
        .anyMatch(problem -> problem.startsWith("te-nas.yaml: search.prune is not a setting"))
        .anyMatch(problem -> problem.startsWith("te-nas.yaml: search.ntk.batch must be"))
        .anyMatch(problem -> problem.startsWith("te-nas.yaml: search.ntk.initialization must be"))
        .anyMatch(problem ->
            problem.startsWith("--set: failure.onDiverged must be one of continue, stop"))
        .anyMatch(problem ->
            problem.startsWith("--set: search.regions.batches must be between 1 and 100"))
        .anyMatch(
            problem -> problem.startsWith("te-nas.yaml: evaluation.batch (512) cannot exceed"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "evaluation: {batch: 256, trainImages: 100};evaluation.batch (256) cannot exceed evaluation.trainImages (100)",
        "evaluation: {cutout: 16};evaluation.cutout (16) must be smaller than evaluation.imageSize (16)",
        "search: {prunePerEdge: 4};search.prunePerEdge (4) must be smaller than the number of operators on an edge (4)",
        "evaluation: {momentum: 0};evaluation.nesterov needs a momentum",
      })
  void seesWhatIsImpossibleTogether(String text, String problem) {
    assertThat(problems("method: te-nas\n" + text))
        .singleElement()
        .asString()
        .startsWith("te-nas.yaml: " + problem);
  }

  @Test
  void allowsTogetherWhatIsPossibleTogether() {
    read(
        "method: te-nas\nevaluation: {batch: 100, trainImages: 100, cutout: 15}\nsearch: {prunePerEdge: 3}");
    read("method: te-nas\nsearch: {prunePerEdge: 4, operators: all}");
    read("method: te-nas\nevaluation: {momentum: 0, nesterov: false}");
  }

  @Test
  void namesTheCommandLineWhereTheMistakeStandsThere() {
    assertThat(problems("method: te-nas", Map.of("search.repeats", "0")))
        .containsExactly(
            "--set: search.repeats must be between 1 and 100, but was 0. Use 3, the published setting.");
    assertThat(problems("method: te-nas", Map.of("serch.repeats", "5")))
        .singleElement()
        .asString()
        .startsWith("--set: serch is not a setting")
        .endsWith("Did you mean search?");
    assertThat(problems("method: te-nas\nseed: 1", Map.of("seed.value", "5")))
        .containsExactly("--set: seed.value cannot be set: seed is 1, not a group of settings");
    assertThat(problems("method: te-nas", Map.of("data", "Fashion")))
        .singleElement()
        .asString()
        .startsWith("data must be a name");
  }

  @Test
  void namesThePlaceOfASlipInYamlOrJson() {
    assertThat(problems("method: te-nas\nsearch: {repeats: 5\nseed: 2\n"))
        .singleElement()
        .asString()
        .startsWith("te-nas.yaml: not readable as YAML at line ");
    assertThat(problems("{\"method\": \"te-nas\",}"))
        .singleElement()
        .asString()
        .startsWith("te-nas.yaml: not readable as JSON at line 1, column ");
    assertThat(problems("method: te-nas\nseed: 1\nseed: 2\n"))
        .singleElement()
        .asString()
        .contains("seed");
    assertThat(problems("te-nas")).anyMatch(problem -> problem.contains("this is \"te-nas\""));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{\"method\": \"te-nas\"} {\"seed\": 1}",
        "method: te-nas\n---\nseed: 1",
        "{\"seed\": 1, \"seed\": 2}"
      })
  void passesNothingOver(String text) {
    assertThat(problems(text))
        .singleElement()
        .asString()
        .startsWith("te-nas.yaml: not readable as ");
  }

  @Test
  void reportsASettingThatIsWrongByItselfOnlyOnce() {
    assertThat(problems("method: te-nas\nevaluation: {trainImages: many}")).hasSize(1);
    assertThat(problems("method: te-nas\nevaluation: all")).hasSize(1);
  }

  @Test
  void hasGroupsNotDottedKeysInItsText() {
    assertThat(problems("method: te-nas\nsearch.ntk.batch: 5"))
        .containsExactly(
            "te-nas.yaml: search.ntk.batch must be written as a group, one level a line: search: {ntk: {batch: ...}}");
  }

  @Test
  void isNotOverriddenWithoutAPath() {
    assertThat(problems("method: te-nas", Map.of("search.", "5")))
        .containsExactly("--set: \"search.\" is not a path: write it like search.repeats=3");
  }

  @Test
  void turnsIntoWhatTheSearchNeeds() {
    TeNasSpecification quick = read("method: te-nas");
    assertThat(quick.supernet()).isEqualTo(NasBench201.SPACE.supernet(false));
    assertThat(quick.search().rankingMode()).isEqualTo(RankingMode.EXACT);
    assertThat(quick.training().network()).isEqualTo(new CellNetwork(8, 1));
    TeNasSpecification other = read("method: te-nas\nsearch: {operators: all, mode: reference}");
    assertThat(other.supernet()).isEqualTo(NasBench201.SPACE.supernet(true));
    assertThat(other.search().rankingMode()).isEqualTo(RankingMode.REFERENCE);
  }

  @Test
  void hasThePublishedSearchOfTheDartsSpaceInItsPresets() {
    TeNasSpecification darts = read("method: te-nas\nspace: darts\npreset: published");
    // specs/te-nas.md 1.7: batch 14, 3 an edge, three repeats, C 1 and N 1 for both networks.
    assertThat(darts.search().ntk().batch()).isEqualTo(14);
    assertThat(darts.search().prunePerEdge()).isEqualTo(3);
    assertThat(darts.search().repeats()).isEqualTo(3);
    assertThat(darts.search().ntk().channels()).isEqualTo(1);
    assertThat(darts.search().ntk().cells()).isEqualTo(1);
    assertThat(darts.search().regions().channels()).isEqualTo(1);
    assertThat(darts.search().regions().samples()).isEqualTo(3000);
    assertThat(darts.supernet()).isEqualTo(DartsSpace.SPACE.supernet(false));
    TeNasSpecification quick = read("method: te-nas\nspace: darts\nsearch: {ntk: {batch: 7}}");
    assertThat(quick.search().ntk().batch()).isEqualTo(7);
    assertThat(quick.search().prunePerEdge()).isEqualTo(3);
  }

  @Test
  void seesWhatIsImpossibleInTheDartsSpace() {
    assertThat(problems("method: te-nas\nspace: darts\nsearch: {prunePerEdge: 7}"))
        .containsExactly(
            "te-nas.yaml: search.prunePerEdge (7) must be smaller than the number of operators on an edge (7):"
                + " use 3, the published setting.");
    assertThat(problems("method: te-nas\nspace: darts\nevaluation: {table: nb201}"))
        .containsExactly(
            "te-nas.yaml: evaluation.table (nb201) is a table of nas-bench-201, but space is darts: leave it empty.");
  }

  @Test
  void switchesThePublishedProgramsQuirksOneByOneOrAllAtOnce() {
    TeNasSearch all = read("method: te-nas\nsearch: {mode: reference}").search();
    assertThat(List.of(all.weights(), all.images(), all.ranking()))
        .containsExactly("round", "candidate", "published");
    assertThat(all.ntk().eigenvalues()).isEqualTo("float32");
    TeNasSearch one = read("method: te-nas\nsearch: {ranking: published}").search();
    assertThat(one.rankingMode()).isEqualTo(RankingMode.REFERENCE);
    assertThat(List.of(one.weights(), one.images())).containsExactly("repeat", "shared");
    TeNasSearch but = read("method: te-nas\nsearch: {mode: reference, images: shared}").search();
    assertThat(List.of(but.weights(), but.images())).containsExactly("round", "shared");
  }

  @Test
  void specificationsFromBeforeTheSwitchesMeanWhatTheyMeant() {
    TeNasSearch quick = read("method: te-nas").search();
    String before =
        "{\"mode\":\"%s\",\"operators\":\"all\",\"prunePerEdge\":1,\"repeats\":3,\"ntk\":%s,\"regions\":%s}";
    TeNasSearch reference =
        Json.read(
            before.formatted("reference", Json.write(quick.ntk()), Json.write(quick.regions())),
            TeNasSearch.class);
    assertThat(List.of(reference.weights(), reference.images(), reference.ranking()))
        .containsExactly("round", "candidate", "published");
    TeNasSearch exact =
        Json.read(
            before.formatted("exact", Json.write(quick.ntk()), Json.write(quick.regions())),
            TeNasSearch.class);
    assertThat(exact.sharesUnpruned()).isTrue();
  }

  @Test
  void needsNoNameForItsText() {
    InvalidInput invalid =
        catchThrowableOfType(
            InvalidInput.class,
            () -> SpecificationReader.read("method: te-nas\nseed: x", Map.of()));
    assertThat(invalid).hasMessageStartingWith("seed must be");
  }
}
