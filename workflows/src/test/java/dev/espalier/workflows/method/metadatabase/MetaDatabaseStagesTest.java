package dev.espalier.workflows.method.metadatabase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.metadatabase.MetaDatabaseSpecification;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.stage.ActivityRules;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stages that make a meta-database. */
@Timeout(120)
final class MetaDatabaseStagesTest {
  private static ExperimentInput input(String id, Map<String, String> sets) {
    Map<String, String> all =
        new HashMap<>(Map.of("search.tasks", "3", "search.architectures", "2"));
    all.putAll(sets);
    return Laboratory.inputFor(id, MetaDatabaseSpecification.preset("quick", all), "");
  }

  private static <T> T result(Laboratory laboratory, String id, String stage, Class<T> type) {
    return Json.read(laboratory.store().stageResult(id, stage), type);
  }

  @Test
  void trainTheEncoderEncodeDrawEvaluateAndAssemble() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(input("whole", Map.of()));

      assertThat(laboratory.store().stages("whole").keySet())
          .containsExactly(
              "prepare-data",
              "train-encoder",
              "features",
              "sample",
              "evaluate",
              "assemble",
              "report");
      assertThat(laboratory.store().stages("whole").values()).containsOnly("COMPLETED");
      assertThat(laboratory.script().answers("train/")).isEqualTo(3 * 2);
      assertThat(laboratory.script().answers("encoder")).isEqualTo(1);
      assertThat(result(laboratory, "whole", "evaluate", EvaluatedTasks.class))
          .isEqualTo(new EvaluatedTasks(6, 0));
    }
  }

  @Test
  void encodeSomeClassesAUnit() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(input("parts", Map.of("features.imagesPerClass", "400")));

      assertThat(laboratory.script().answers("encoded/")).as("2 of 10 classes a unit").isEqualTo(5);
      assertThat(laboratory.script().answered()).contains("joined/5");
    }
  }

  @Test
  void trainNoEncoderWhereFeaturesAreImported() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(
          input("given", Map.of("features.encoder", "imported", "features.name", "mine")));

      assertThat(laboratory.script().answers("encoder")).isZero();
      assertThat(laboratory.script().answers("encoded/")).isZero();
      assertThat(laboratory.script().answered()).contains("joined/0");
      assertThat(result(laboratory, "given", "train-encoder", TrainedEncoder.class).weights())
          .isNull();
    }
  }

  @Test
  void encodeWithImportedWeightsWithoutTraining() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(
          input("weighed", Map.of("features.encoder", "weights", "features.name", "resnet18")));

      assertThat(laboratory.script().answers("encoder")).isZero();
      assertThat(laboratory.script().answers("encoded/")).isEqualTo(1);
      assertThat(result(laboratory, "weighed", "train-encoder", TrainedEncoder.class).network())
          .isEqualTo("resnet18");
    }
  }

  @Test
  void countFailedTrainingsAndStopWhereTheyAreTooMany() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("train/1", 1, ActivityRules.DIVERGED, "the loss is NaN");
      laboratory.complete(input("some", Map.of("search.tolerated", "0.2")));
      assertThat(result(laboratory, "some", "evaluate", EvaluatedTasks.class))
          .isEqualTo(new EvaluatedTasks(5, 1));

      laboratory.script().fail("train/1", 1, ActivityRules.DIVERGED, "the loss is NaN");
      laboratory.client().start(input("many", Map.of("search.tolerated", "0.1", "seed", "1")));
      laboratory.store().awaitState("many", "NEEDS_ATTENTION");
      assertThat(laboratory.store().reason("many"))
          .contains("1 of 6 trainings failed, more than search.tolerated (0.1) allows");
    }
  }

  @Test
  void comeToTheSameDigestWhereEveryUnitIsLostAtFirst() {
    String undisturbed;
    try (Laboratory laboratory = new Laboratory()) {
      undisturbed = laboratory.complete(input("undisturbed", Map.of()));
    }
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().loseFirstAttempts(1);
      laboratory.store().loseEveryNoteOnce();
      assertThat(laboratory.complete(input("lost", Map.of()))).isEqualTo(undisturbed);
    }
  }

  @Test
  void keepTheEncoderWhereOnlyTheTasksAreOthers() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(input("first", Map.of()));
      laboratory.complete(input("larger", Map.of("search.tasks", "4")));

      assertThat(laboratory.script().answers("encoder")).isEqualTo(1);
      assertThat(laboratory.script().answers("joined/")).isEqualTo(1);
    }
  }

  @Test
  void areOthersWhereWhatWasImportedIsAnother() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(input("one", Map.of("search.taskDatabase", "these")));
      laboratory.complete(input("other", Map.of("search.taskDatabase", "those")));

      assertThat(laboratory.script().answers("drawn")).isEqualTo(2);
      assertThat(laboratory.script().answers("encoder")).isEqualTo(1);
    }
  }
}
