package dev.espalier.search.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.Presets;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.specification.SpecificationReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A specification of Neural Predictor")
class NeuralPredictorSpecificationTest {
  private static final Map<String, String> TABLES =
      Map.of("accuracies-of-mine", "accuracies", "cells", "nas-bench-201", "nats", "nats-bench");

  private static NeuralPredictorSpecification quick(Map<String, String> sets) {
    return NeuralPredictorSpecification.preset("quick", sets);
  }

  private static NeuralPredictorSpecification tabled() {
    return quick(Map.of("evaluation.table", "cells"));
  }

  @ParameterizedTest
  @CsvSource({
    "quick, nas-bench-201",
    "published, nas-bench-201",
    "quick, parallel-ops",
    "quick, nas-bench-101",
    "published, nas-bench-101"
  })
  void isCompleteInEveryPresetAndReadsBackAsItself(String preset, String space) {
    NeuralPredictorSpecification specification =
        NeuralPredictorSpecification.preset(preset, Map.of("space", space));
    assertThat(Json.read(specification.canonical(), Specification.class)).isEqualTo(specification);
    assertThat(specification.searchSpace().name()).isEqualTo(space);
  }

  @Test
  void hasThePublishedSetting() {
    NeuralPredictorSpecification published =
        NeuralPredictorSpecification.preset("published", Map.of());
    assertThat(published.split().train()).isEqualTo(172);
    assertThat(published.predictor().epochs()).isEqualTo(300);
    assertThat(published.predictor().batch()).isEqualTo(10);
    assertThat(published.predictor().learningRate()).isEqualTo(1e-4);
    assertThat(published.fitsToPassing()).isTrue();
    assertThat(published.split().judgeOnTraining()).isFalse();
  }

  @Test
  void evaluatesAsManyAsWerePublishedWhereATableSaysWhatTheyCameTo() {
    assertThat(quick(Map.of()).split().train()).isEqualTo(16);
    assertThat(quick(Map.of()).needsImages()).isTrue();
    assertThat(tabled().split().train()).isEqualTo(172);
    assertThat(tabled().data()).isEqualTo("cifar10");
    assertThat(tabled().search().filter()).isEqualTo("classifier");
    assertThat(tabled().needsImages()).isFalse();
    assertThat(tabled().classesWithoutImages()).isEqualTo(10);
    assertThat(
            quick(Map.of("evaluation.table", "cells", "data", "imagenet16-120"))
                .classesWithoutImages())
        .isEqualTo(120);
    assertThat(Json.tree(tabled().network())).isEqualTo(Json.tree(network("published")));
  }

  private static Object network(String preset) {
    return NeuralPredictorSpecification.preset(preset, Map.of()).network();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "-",
      value = {
        "method: neural-predictor; cells",
        "{method: neural-predictor, data: cifar100}; cells",
        "{method: neural-predictor, data: fashion-mnist}; -",
        "{method: neural-predictor, preset: published}; -",
        "{method: neural-predictor, space: parallel-ops}; -",
        "{method: neural-predictor, evaluation: {table: \"\"}}; -",
        "{method: neural-predictor, evaluation: {table: nats}}; -",
        "method: random; -",
        "method: [; -"
      })
  void meansAnImportedTableOfItsSpaceWhereNoneIsNamed(String text, String table) {
    assertThat(SpecificationReader.impliedTable(text, Map.of(), TABLES).orElse(null))
        .isEqualTo(table);
  }

  @Test
  void meansNoTableWhereOneIsSetToNothing() {
    String text = "method: neural-predictor";
    assertThat(SpecificationReader.impliedTable(text, Map.of("evaluation.table", ""), TABLES))
        .isEmpty();
    assertThat(SpecificationReader.impliedTable(text, Map.of(), Map.of("mine", "accuracies")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "split.train;3;crossValidation.folds (4) cannot exceed split.train (3): "
            + "lower folds or evaluate more cells.",
        "split.train;15626;split.train (15,626) is more than nas-bench-201 has: use at most 15,625.",
        "search.top;15610;search.top must be between 1 and 10000, but was 15610. "
            + "Use 100, the published setting.",
        "search.candidates;15626;search.candidates (15,626) is more than nas-bench-201 has: "
            + "use at most 15,625, or 0 for all.",
        "search.candidates;3;search.top (4) cannot exceed search.candidates (3), of which it is the best.",
        "search.filter;true-accuracy;search.filter (true-accuracy) needs a table that knows all "
            + "accuracies: name one with evaluation.table, or use classifier.",
        "evaluation.column;cifar10_valid_12ep;evaluation.column (cifar10_valid_12ep) is a column of "
            + "a table, but evaluation.table is empty.",
        "split.name;172;split.name (172) is a split of a table, but evaluation.table is empty: use seed.",
        "split.judgedOn;denoise-9;split.judgedOn: there is no split \"denoise-9\": allowed are 172, 334, "
            + "860, 91-172, 91-334, 91-860, denoise-80, denoise-91, all, and SIZE-seed-SEED such as "
            + "78-seed-5. Did you mean denoise-91?",
        "crossValidation.grid.epochs;[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];none"
      })
  void tellsWhatCannotBeTogether(String path, String value, String problem) {
    if (problem.equals("none")) {
      assertThat(quick(Map.of(path, value)).points()).hasSize(13);
      return;
    }
    InvalidInput invalid =
        catchThrowableOfType(InvalidInput.class, () -> quick(Map.of(path, value)));
    assertThat(invalid).as("no problem was found").isNotNull();
    assertThat(invalid.problems()).anyMatch(each -> each.endsWith(problem));
  }

  @Test
  void hasNoWordOfIndicatorsWhereNobodyAsksForThem() {
    assertThat(quick(Map.of()).indicators()).isNull();
    assertThat(quick(Map.of()).canonical()).doesNotContain("indicators");
    NeuralPredictorSpecification reading = quick(Map.of("indicators.names", "[naswot, swap]"));
    assertThat(Objects.requireNonNull(reading.indicators()).names())
        .containsExactly("naswot", "swap");
    assertThat(Json.read(reading.canonical(), Specification.class)).isEqualTo(reading);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "predictor.kind=forest;indicators.names: the predictor forest reads graphs alone: "
            + "use blend or gaussian-process, or no indicators.",
        "space=parallel-ops predictor.kind=blend;indicators.names: there are no indicators of parallel-ops: "
            + "leave them out, or search nas-bench-201 or nas-bench-101.",
        "space=nas-bench-101;indicators.cpuHours (1.0) is less than it would take to measure naswot, "
            + "synflow: about 3.0 CPU hours, 0.025 s for each of 423,624 architectures. Rank fewer "
            + "(search.candidates=100000), measure a thinner network or fewer of them, or raise "
            + "indicators.cpuHours.",
        "space=nas-bench-101 search.candidates=5000;none",
        "space=nas-bench-101 indicators.cpuHours=5;none"
      })
  void tellsWhereIndicatorsCannotBeInputs(String given, String problem) {
    Map<String, String> sets = new HashMap<>(Map.of("indicators.names", "[naswot, synflow]"));
    for (String each : given.split(" ", -1)) {
      sets.put(each.split("=", 2)[0], each.split("=", 2)[1]);
    }
    if (problem.equals("none")) {
      assertThat(quick(sets).indicators()).isNotNull();
      return;
    }
    InvalidInput invalid = catchThrowableOfType(InvalidInput.class, () -> quick(sets));
    assertThat(invalid).as("no problem was found").isNotNull();
    assertThat(invalid.problems()).hasSize(1).first().asString().endsWith(problem);
  }

  @Test
  void tellsOfMoreFitsThanCanBeCompared() {
    assertThatThrownBy(() ->
            quick(
                Map.of(
                    "crossValidation.repeats", "20",
                    "crossValidation.grid.epochs", "[1, 2, 3]",
                    "crossValidation.grid.batch", "[1, 2, 3]")))
        .hasMessageContaining(
            "crossValidation.grid makes 720 fits with all folds and repeats, but at most 500");
  }

  @Test
  void tellsOfASpaceTooLargeToBeRankedAsAWhole() {
    assertThatThrownBy(() -> quick(Map.of("space", "parallel-ops", "search.candidates", "0")))
        .hasMessageContaining(
            "search.candidates must say how many are ranked: parallel-ops has 992,436,543");
  }

  @Test
  void readsTablesOfArchitecturesAndOfItsSpacesCells() {
    assertThat(tabled().readsTable("accuracies")).isTrue();
    assertThat(tabled().readsTable("nas-bench-201")).isTrue();
    assertThat(tabled().readsTable("nats-bench")).isTrue();
    assertThat(tabled().readsTable("nas-bench-101")).isFalse();
    assertThat(quick(Map.of("space", "parallel-ops")).readsTable("nas-bench-201")).isFalse();
    // As before for whoever did not choose.
    TrainSpecification other =
        TrainSpecification.preset("quick", Map.of("architecture", "skip|sep3|dil5|skip|sep7"));
    assertThat(other.readsTable("accuracies")).isTrue();
    assertThat(other.readsTable("nas-bench-201")).isFalse();
  }

  @Test
  void drawsDifferentCellsByItsSeedAlone() {
    List<String> drawn = quick(Map.of("split.train", "300")).draw(10);
    assertThat(new HashSet<>(drawn)).hasSize(300);
    assertThat(quick(Map.of("split.train", "300", "search.top", "9")).draw(10)).isEqualTo(drawn);
    assertThat(quick(Map.of("split.train", "300", "seed", "1")).draw(10)).isNotEqualTo(drawn);
    assertThat(quick(Map.of("search.candidates", "300")).drawCandidates())
        .doesNotHaveDuplicates()
        .hasSize(300)
        .isNotEqualTo(drawn);
  }

  @Test
  void triesEveryCombinationOfItsGrid() {
    assertThat(quick(Map.of()).points()).containsExactly(quick(Map.of()).predictor());
    List<FitSettings> points =
        quick(
                Map.of(
                    "crossValidation.grid.epochs", "[100, 300]",
                    "crossValidation.grid.learningRate", "[0.001, 0.0001]"))
            .points();
    assertThat(points).extracting(FitSettings::epochs).containsExactly(100, 100, 300, 300);
    assertThat(points)
        .extracting(FitSettings::learningRate)
        .containsExactly(0.001, 0.0001, 0.001, 0.0001);
  }

  @Test
  void passesAShareOfTheTrainingCellsWhereNoThresholdIsGiven() {
    ClassifierSettings share = new ClassifierSettings("forest", 0, 0.5);
    assertThat(share.thresholdFor(0.1, 0.9, 0.5, 0.7)).isEqualTo(0.7);
    assertThat(new ClassifierSettings("forest", 0, 0.01).thresholdFor(0.1, 0.9)).isEqualTo(0.9);
    assertThat(new ClassifierSettings("forest", 0.91, 0.5).thresholdFor(0.1, 0.9)).isEqualTo(0.91);
  }

  @Test
  void makesUnitsOfWorkThatFitIntoOneHistory() {
    RankSettings settings = new RankSettings("none", true, 0, 10, 2_000);
    assertThat(settings.shardOf(15_625)).isEqualTo(2_000);
    assertThat(settings.shardOf(5_000_000)).isEqualTo(10_000);
  }

  @Test
  void hasNoSettingOfItsTabledPresetThatTheOthersHaveNot() {
    ObjectNode tabled = Presets.of(Methods.named("neural-predictor"), "tabled");
    Presets.choose(tabled, "nas-bench-201");
    ObjectNode quick = Presets.of(Methods.named("neural-predictor"), "quick");
    Presets.choose(quick, "nas-bench-201");
    ObjectNode merged = quick.deepCopy();
    Presets.merge(merged, tabled);
    assertThat(merged.properties().stream().map(Map.Entry::getKey).sorted())
        .isEqualTo(quick.properties().stream().map(Map.Entry::getKey).sorted().toList());
    assertThat(tabled().search().shard()).isEqualTo(quick.at("/search/shard").asInt());
  }
}
