package dev.espalier.search.specification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.failure.InvalidInput;
import dev.espalier.search.method.HasPrerequisites;
import dev.espalier.search.method.Methods;
import dev.espalier.search.method.Prerequisites;
import dev.espalier.search.method.Specification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a specification asks to be made first")
final class PrerequisitesTest {
  private static final String MAKE = "models.train.tasks.make.";

  private static HasPrerequisites search(String... sets) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < sets.length; i += 2) {
      all.put(sets[i], sets[i + 1]);
    }
    return (HasPrerequisites) SpecificationReader.preset("metad2a", "quick", all);
  }

  @Test
  void isNothingUnlessItIsAskedFor() {
    HasPrerequisites search = search();
    assertThat(search.prerequisites()).isEmpty();
    assertThat(search.canonical()).doesNotContain("\"train\"");
    assertThat(search.offer()).map(HasPrerequisites.Offer::path).contains("models.train");
    assertThat(search("models.generator", "mine").offer()).isEmpty();
  }

  @Test
  void isResolvedByItsOwnPreset() {
    HasPrerequisites search = search("models.train.preset", "quick");
    assertThat(search.prerequisites())
        .isEqualTo(List.of(SpecificationReader.preset("metad2a-train", "quick", Map.of())));
    assertThat(search.offer())
        .map(HasPrerequisites.Offer::path)
        .contains("models.train.tasks.make");
    HasPrerequisites whole = search(MAKE + "search.tasks", "800", MAKE + "preset", "published");
    assertThat(whole.prerequisites())
        .extracting(Specification::method)
        .containsExactly("metad2a-database", "metad2a-train");
    assertThat(whole.prerequisites().getFirst())
        .isEqualTo(
            SpecificationReader.preset(
                "metad2a-database", "published", Map.of("search.tasks", "800")));
    assertThat(whole.offer()).isEmpty();
    assertThat(Json.read(whole.canonical(), Specification.class)).isEqualTo(whole);
  }

  @Test
  void isComputedWhereTheExperimentIs() {
    assertThat(search("budget.device", "cpu", MAKE + "search.tasks", "8").prerequisites())
        .extracting(Specification::device)
        .containsExactly("cpu", "cpu");
    assertThatThrownBy(() -> search("models.train.budget.device", "gpu"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(
            "models.train.budget.device is \"gpu\", but the budget.device of the experiment is \"any\"");
  }

  @Test
  void isCheckedByTheRulesOfItsMethod() {
    assertThatThrownBy(() ->
            search(
                "models.train.generator.epochs",
                "0",
                "models.train.predictor.latent",
                "30",
                MAKE + "search.testTasks",
                "9",
                MAKE + "search.task",
                "9",
                "search.top",
                "60"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("--set: models.train.generator.epochs must be between 1 and")
        .hasMessageContaining("--set: models.train.predictor.latent (30) must be a multiple of 4")
        .hasMessageContaining(MAKE + "search.validationTasks and search.testTasks (9) leave no")
        .hasMessageContaining("Did you mean " + MAKE + "search.tasks?")
        .hasMessageContaining("search.top (60) is more than search.candidates");
  }

  @Test
  void isNotMadeBesideWhatIsNamed() {
    assertThatThrownBy(() -> search("models.train.preset", "quick", "models.predictor", "mine"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("models.predictor names mine, but models.train asks for others");
    assertThatThrownBy(() ->
            SpecificationReader.preset(
                "metad2a-train",
                "quick",
                Map.of("tasks.make.preset", "quick", "tasks.features", "mine")))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("tasks.features names mine, but tasks.make asks for others");
  }

  @Test
  void isOfNoOtherMethod() {
    assertThatThrownBy(() -> search("models.train.method", "random"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("models.train.method must be metad2a-train, but was \"random\"");
  }

  @Test
  void isLeftOutOfTheRestWhichStaysAsItIs() {
    JsonNode whole = Json.read(search(MAKE + "search.tasks", "8").canonical(), JsonNode.class);
    JsonNode before = whole.deepCopy();
    assertThat(Prerequisites.without(whole))
        .isEqualTo(Json.read(search().canonical(), JsonNode.class));
    assertThat(whole).isEqualTo(before);
  }

  @Test
  void isPartOfTheSchema() {
    JsonNode schema =
        Json.read(SpecificationReader.schema(Methods.named("metad2a")), JsonNode.class);
    String make = "/properties/models/properties/train/properties/tasks/properties/make";
    assertThat(schema.at(make + "/properties/search/properties/tasks/type").asText())
        .isEqualTo("integer");
    assertThat(schema.at(make + "/properties/method/enum").size()).isOne();
    assertThat(schema.at(make).has("$id")).isFalse();
  }
}
