package dev.espalier.search.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.Method;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.Presets;
import dev.espalier.search.method.Specification;
import dev.espalier.search.method.evolution.CostBudgetSettings;
import dev.espalier.search.method.evolution.EvolutionRecipe;
import dev.espalier.search.method.evolution.EvolutionSearch;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.search.method.evolution.FinalSettings;
import dev.espalier.search.method.evolution.SampleSettings;
import dev.espalier.search.method.metad2a.AffordableSettings;
import dev.espalier.search.method.metad2a.GenerationSettings;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.method.metad2a.ModelNames;
import dev.espalier.search.method.metatrain.KnownTasks;
import dev.espalier.search.method.metatrain.MetaModelSettings;
import dev.espalier.search.method.metatrain.MetaRuns;
import dev.espalier.search.method.metatrain.MetaTrainSpecification;
import dev.espalier.search.method.neuralpredictor.CellEvaluation;
import dev.espalier.search.method.neuralpredictor.ClassifierSettings;
import dev.espalier.search.method.neuralpredictor.CrossValidation;
import dev.espalier.search.method.neuralpredictor.FitSettings;
import dev.espalier.search.method.neuralpredictor.GridSettings;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.method.neuralpredictor.RankSettings;
import dev.espalier.search.method.neuralpredictor.SplitSettings;
import dev.espalier.search.method.random.RandomSearch;
import dev.espalier.search.method.random.RandomSpecification;
import dev.espalier.search.method.tenas.TeNasEvaluation;
import dev.espalier.search.method.tenas.TeNasSearch;
import dev.espalier.search.method.tenas.TeNasSpecification;
import dev.espalier.search.method.training.TrainSpecification;
import dev.espalier.search.settings.BudgetSettings;
import dev.espalier.search.settings.EvaluationSettings;
import dev.espalier.search.settings.FailureSettings;
import dev.espalier.search.settings.MeasuredLatencies;
import dev.espalier.search.settings.NtkSettings;
import dev.espalier.search.settings.PredictorSettings;
import dev.espalier.search.settings.RegionSettings;
import dev.espalier.search.settings.TrainingSettings;
import dev.espalier.search.space.SearchSpaces;
import dev.espalier.search.space.parallel.LayerShape;
import dev.espalier.search.space.parallel.MacroShape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The specification's schema")
class SpecificationSchemaTest {
  @Test
  void isServedAsJsonSchema() {
    JsonNode schema =
        Json.read(SpecificationReader.schema(Methods.named("te-nas")), JsonNode.class);
    assertThat(schema.get("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
  }

  @Test
  void namesTheMethodsAndSpacesThatExist() {
    for (Method method : Methods.all()) {
      SpecificationSchema schema = SpecificationSchema.of(method);
      assertThat(schema.words("method")).isEqualTo(Methods.names());
      assertThat(schema.words("preset")).isEqualTo(method.presets());
      assertThat(SearchSpaces.names()).containsAll(schema.words("space"));
    }
  }

  @Test
  void hasExactlyTheSettingsOfTheRecords() {
    SpecificationSchema teNas = SpecificationSchema.of(Methods.named("te-nas"));
    assertSameNames(teNas, "", TeNasSpecification.class);
    assertSameNames(teNas, "search", TeNasSearch.class);
    assertSameNames(teNas, "search.ntk", NtkSettings.class);
    assertSameNames(teNas, "search.regions", RegionSettings.class);
    assertSameNames(teNas, "evaluation", TeNasEvaluation.class);
    assertSameNames(teNas, "budget", BudgetSettings.class);
    assertSameNames(teNas, "failure", FailureSettings.class);
    SpecificationSchema evolution = SpecificationSchema.of(Methods.named("gnn-evolution"));
    assertSameNames(evolution, "", EvolutionSpecification.class);
    assertSameNames(evolution, "network", MacroShape.class);
    assertSameNames(evolution, "network.layers.0", LayerShape.class);
    assertSameNames(evolution, "sample", SampleSettings.class);
    assertSameNames(evolution, "evaluation", EvolutionRecipe.class);
    assertSameNames(evolution, "predictor", PredictorSettings.class);
    assertSameNames(evolution, "search", EvolutionSearch.class);
    assertSameNames(evolution, "trainFinal", FinalSettings.class);
    assertSameNames(evolution, "budget", CostBudgetSettings.class);
    assertSameNames(evolution, "failure", FailureSettings.class);
    SpecificationSchema random = SpecificationSchema.of(Methods.named("random"));
    assertSameNames(random, "", RandomSpecification.class);
    assertSameNames(random, "search", RandomSearch.class);
    assertSameNames(random, "evaluation", EvaluationSettings.class);
    SpecificationSchema predictor = SpecificationSchema.of(Methods.named("neural-predictor"));
    assertSameNames(predictor, "", NeuralPredictorSpecification.class);
    assertSameNames(predictor, "split", SplitSettings.class);
    assertSameNames(predictor, "evaluation", CellEvaluation.class);
    assertSameNames(predictor, "classifier", ClassifierSettings.class);
    assertSameNames(predictor, "predictor", FitSettings.class);
    assertSameNames(predictor, "crossValidation", CrossValidation.class);
    assertSameNames(predictor, "crossValidation.grid", GridSettings.class);
    assertSameNames(predictor, "search", RankSettings.class);
    SpecificationSchema metaTrain = SpecificationSchema.of(Methods.named("metad2a-train"));
    assertSameNames(metaTrain, "", MetaTrainSpecification.class);
    assertSameNames(metaTrain, "tasks", KnownTasks.class);
    assertSameNames(metaTrain, "generator", MetaModelSettings.class);
    assertSameNames(metaTrain, "predictor", MetaModelSettings.class);
    assertSameNames(metaTrain, "search", MetaRuns.class);
    SpecificationSchema metaSearch = SpecificationSchema.of(Methods.named("metad2a"));
    assertSameNames(metaSearch, "", MetaD2aSpecification.class);
    assertSameNames(metaSearch, "models", ModelNames.class);
    assertSameNames(metaSearch, "search", GenerationSettings.class);
    assertSameNames(metaSearch, "evaluation", EvaluationSettings.class);
    assertSameNames(metaSearch, "budget", AffordableSettings.class);
    assertSameNames(metaSearch, "budget.latencyTable.0", AffordableSettings.OperatorLatency.class);
    assertSameNames(metaSearch, "budget.latencies", MeasuredLatencies.class);
    SpecificationSchema train = SpecificationSchema.of(Methods.named("train"));
    assertSameNames(train, "", TrainSpecification.class);
    assertThat(train.names("network"))
        .isEqualTo(
            List.of(
                "skeleton",
                "channels",
                "cells",
                "stacks",
                "width",
                "firstStride",
                "dropout",
                "supernet",
                "stem",
                "layers",
                "operations",
                "tail"));
    assertSameNames(train, "network.layers.0", LayerShape.class);
    assertSameNames(train, "evaluation", TrainingSettings.class);
    assertSameNames(train, "budget", BudgetSettings.class);
    assertSameNames(train, "failure", FailureSettings.class);
  }

  private static void assertSameNames(
      SpecificationSchema schema, String group, Class<? extends Record> type) {
    assertThat(schema.names(group))
        .as(group)
        .containsExactlyInAnyOrderElementsOf(settings(type).toList());
  }

  private static Stream<String> settings(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(each ->
            each.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                ? settings(each.getType())
                : Stream.of(each.getName()));
  }

  @Test
  void closesEveryGroupAndLimitsEveryNumber() {
    for (String method : Methods.names()) {
      assertClosed(Json.read(SpecificationReader.schema(Methods.named(method)), JsonNode.class));
    }
  }

  private static void assertClosed(JsonNode node) {
    switch (node.path("type").asText()) {
      case "object" -> {
        assertThat(node.path("additionalProperties").asText()).isEqualTo("false");
        node.get("properties").forEach(SpecificationSchemaTest::assertClosed);
      }
      case "integer", "number" ->
          assertThat(node.has("minimum") && node.has("maximum")).as("%s", node).isTrue();
      case "string" -> assertThat(node.has("enum") || node.has("pattern")).as("%s", node).isTrue();
      case "array" -> {
        assertThat(node.has("minItems") && node.has("maxItems")).as("%s", node).isTrue();
        assertClosed(node.get("items"));
      }
      case "boolean" -> {}
      default -> throw new AssertionError(node);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "te-nas, quick, nas-bench-201",
    "te-nas, published, nas-bench-201",
    "te-nas, quick, darts",
    "te-nas, published, darts",
    "te-nas, recommended, nas-bench-201",
    "te-nas, recommended, darts",
    "gnn-evolution, quick, parallel-ops",
    "gnn-evolution, published, parallel-ops",
    "neural-predictor, quick, nas-bench-201",
    "neural-predictor, published, nas-bench-201",
    "neural-predictor, quick, nas-bench-101",
    "neural-predictor, published, nas-bench-101",
    "neural-predictor, quick, parallel-ops"
  })
  void isKeptByEveryPresetWhichIsComplete(String method, String preset, String space) {
    ObjectNode settings =
        Presets.of(Methods.named(method), preset).put("method", method).put("preset", preset);
    Presets.choose(settings, space);
    settings.put("space", space);
    assertThat(SpecificationSchema.of(Methods.named(method)).violations(settings)).isEmpty();
    if (settings.at("/indicators/names").isArray()) {
      settings.remove("indicators"); // none is asked for: the group is left out
    }
    assertThat(SpecificationReader.preset(method, preset, Map.of("space", space)).canonical())
        .isEqualTo(CanonicalJson.of(settings));
  }

  @Test
  void isBackedByRecordsThatRefuseNonsenseToo() {
    assertThatThrownBy(() -> new RegionSettings(0, 3, 3, 1, "kaiming"))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("batch must be at least 1, but was 0");
    assertThatThrownBy(() -> new BudgetSettings("tpu")).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> new FailureSettings(5, "ignore")).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> Json.read("{\"method\":\"te-nas\"}", Specification.class))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("space is missing");
  }
}
