package dev.espalier.search.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.space.SearchSpaces;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The specification's schema")
class SpecificationSchemaTest {
  @Test
  void isServedAsJsonSchema() {
    JsonNode schema = Json.read(Specification.schema(), JsonNode.class);
    assertThat(schema.get("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
  }

  @Test
  void namesTheMethodsAndSpacesThatExist() {
    assertThat(SpecificationSchema.words("method")).isEqualTo(Specification.methods());
    assertThat(SpecificationSchema.words("space")).isEqualTo(SearchSpaces.names());
  }

  @Test
  void hasExactlyTheSettingsOfTheRecords() {
    assertSameNames("", Specification.class);
    assertSameNames("search", SearchSettings.class);
    assertSameNames("search.ntk", NtkSettings.class);
    assertSameNames("search.regions", RegionSettings.class);
    assertSameNames("evaluation", EvaluationSettings.class);
    assertSameNames("budget", BudgetSettings.class);
    assertSameNames("failure", FailureSettings.class);
  }

  private static void assertSameNames(String group, Class<? extends Record> type) {
    List<String> components =
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
    assertThat(SpecificationSchema.names(group)).as(group).isEqualTo(components);
  }

  @Test
  void closesEveryGroupAndLimitsEveryNumber() {
    assertClosed(Json.read(Specification.schema(), JsonNode.class));
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
      case "boolean" -> {}
      default -> throw new AssertionError(node);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"quick", "published"})
  void isKeptByEveryPresetWhichIsComplete(String preset) {
    ObjectNode settings =
        Presets.of("te-nas", preset).put("method", "te-nas").put("preset", preset);
    assertThat(SpecificationSchema.violations(settings)).isEmpty();
    assertThat(SpecificationReader.preset("te-nas", preset, Map.of()).canonical())
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
