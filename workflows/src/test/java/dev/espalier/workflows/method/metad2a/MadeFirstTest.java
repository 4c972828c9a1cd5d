package dev.espalier.workflows.method.metad2a;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.method.Specification;
import dev.espalier.search.method.metad2a.MetaD2aSpecification;
import dev.espalier.search.specification.SpecificationReader;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.fake.FakeStore;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.Laboratory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A search that begins with making its models")
@Timeout(120)
final class MadeFirstTest {
  private static final Map<String, String> DATABASE =
      Map.of("search.tasks", "4", "search.architectures", "2");

  private static ExperimentInput search(String id) {
    return search(id, Map.of());
  }

  private static ExperimentInput search(String id, Map<String, String> more) {
    Map<String, String> sets = new LinkedHashMap<>(more);
    DATABASE.forEach((path, value) -> sets.put("models.train.tasks.make." + path, value));
    return Laboratory.inputFor(id, MetaD2aSpecification.preset("quick", sets), "");
  }

  private static ExperimentInput alone(String id, String method, String within) {
    Map<String, String> sets = new LinkedHashMap<>();
    DATABASE.forEach((path, value) -> sets.put(within + path, value));
    Specification specification = SpecificationReader.preset(method, "quick", sets);
    return Laboratory.inputFor(id, specification, "");
  }

  @Test
  void runsTheStagesOfAllThreeMethodsInOrder() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(search("whole"));

      Map<String, String> stages = laboratory.store().stages("whole");
      assertThat(stages.keySet())
          .startsWith("metad2a-database:prepare-data", "metad2a-database:train-encoder")
          .containsSubsequence(
              "metad2a-database:report",
              "metad2a-train:prepare-data",
              "metad2a-train:train-generator",
              "metad2a-train:report",
              "prepare-data",
              "encode")
          .endsWith("evaluate", "report");
      assertThat(stages.values()).containsOnly("COMPLETED");
      assertThat(laboratory.script().answered())
          .containsSubsequence("database-summary", "found", "meta-training-summary", "models");
    }
  }

  @Test
  void reusesWhatRanAloneAndTheOtherWayRound() {
    try (Laboratory laboratory = new Laboratory()) {
      FakeStore store = laboratory.store();
      laboratory.complete(alone("database", "metad2a-database", ""));
      laboratory.complete(search("search"));
      laboratory.complete(alone("training", "metad2a-train", "tasks.make."));

      for (String stage : List.of("train-encoder", "features", "evaluate", "assemble", "report")) {
        assertThat(store.stages("search")).containsEntry("metad2a-database:" + stage, "REUSED");
        assertThat(store.stageKey("search", "metad2a-database:" + stage))
            .isEqualTo(store.stageKey("database", stage));
      }
      for (String stage : List.of("train-generator", "train-predictor", "report")) {
        assertThat(store.stages("search")).containsEntry("metad2a-train:" + stage, "COMPLETED");
        assertThat(store.stages("training")).containsEntry(stage, "REUSED");
      }
      assertThat(laboratory.script().answers("meta-fit/")).isEqualTo(2);
      assertThat(laboratory.script().answers("train/"))
          .as("trainings on tasks, and of the search")
          .isEqualTo(4 * 2 + 4);
    }
  }

  @Test
  void goesByWhatItHasMade() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(search("one"));
      laboratory.complete(search("other", Map.of("models.train.search.seeds", "2")));

      assertThat(laboratory.store().stageKey("one", "encode"))
          .isNotEqualTo(laboratory.store().stageKey("other", "encode"));
      assertThat(laboratory.store().stages("other"))
          .containsEntry("metad2a-database:evaluate", "REUSED")
          .containsEntry("metad2a-train:train-generator", "COMPLETED")
          .containsEntry("encode", "COMPLETED");
    }
  }

  @Test
  void comesToTheSameDigestWhereEveryUnitIsLostAtFirst() {
    String undisturbed;
    try (Laboratory laboratory = new Laboratory()) {
      undisturbed = laboratory.complete(search("undisturbed"));
    }
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().loseFirstAttempts(1);
      laboratory.store().loseEveryNoteOnce();
      assertThat(laboratory.complete(search("lost"))).isEqualTo(undisturbed);
    }
  }

  @Test
  void isPausedWhileItsModelsAreTrained() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.startUntil("meta-fit/generator/", 1, search("paused"));
      laboratory.client().pause("paused");
      laboratory.store().awaitState("paused", "PAUSED");
      gate.open();
      laboratory.client().resume("paused");
      laboratory.awaitEnd("paused");
      assertThat(Set.copyOf(laboratory.store().stages("paused").values()))
          .containsExactly("COMPLETED");
    }
  }
}
