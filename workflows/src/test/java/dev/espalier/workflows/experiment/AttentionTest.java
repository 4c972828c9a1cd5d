package dev.espalier.workflows.experiment;

import static dev.espalier.workflows.fake.Laboratory.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.evaluation.EvaluateStage;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.StageInput;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stage that fails for good leaves the experiment to a person, with the reason in words. */
@Timeout(120)
final class AttentionTest {
  @ParameterizedTest
  @ValueSource(strings = {"data", "measure/0/", "train/1", "report"})
  void isNeededWhereverAUnitHasAFinalFailureAndEndsWithARetry(String unit) {
    String reason = "cifar10: data_batch_3.bin is 163 bytes short";
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail(unit, 1, ActivityRules.INVALID_INPUT, reason);
      laboratory.client().start(input("failing"));
      laboratory.store().awaitState("failing", "NEEDS_ATTENTION");
      String stage = PauseTest.status(laboratory, "failing").stage();
      assertThat(laboratory.store().reason("failing"))
          .isEqualTo("stage %s: %s".formatted(stage, reason));
      assertThat(laboratory.store().stages("failing")).containsEntry(stage, "FAILED");

      laboratory.client().retry("failing", 1);
      laboratory.awaitEnd("failing");
      assertThat(laboratory.store().state("failing")).isEqualTo("COMPLETED");
      assertThat(laboratory.store().reason("failing")).isEmpty();
      assertThat(laboratory.store().events("failing"))
          .containsSubsequence(stage + "/failed/1", "retried/1", "completed");
    }
  }

  @Test
  void endsOnlyWithARetryThatIsNew() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("report", 2, ActivityRules.EXHAUSTED, "lost five times");
      laboratory.client().start(input("twice"));
      laboratory.store().awaitEvent("twice", "report/failed/1");
      laboratory.client().retry("twice", 1);
      laboratory.client().retry("twice", 1);
      laboratory.store().awaitEvent("twice", "report/failed/2");

      laboratory.client().retry("twice", 1);
      laboratory.awaitSignals("twice", "", 3);
      assertThat(PauseTest.status(laboratory, "twice"))
          .isEqualTo(new ExperimentStatus(ExperimentState.NEEDS_ATTENTION, "report"));
      assertThat(laboratory.script().begun()).filteredOn("report"::equals).hasSize(2);

      laboratory.client().retry("twice", 2);
      laboratory.awaitEnd("twice");
      assertThat(laboratory.store().state("twice")).isEqualTo("COMPLETED");
      assertThat(laboratory.script().begun()).filteredOn("report"::equals).hasSize(3);
    }
  }

  @Test
  void runsOnlyTheFailedStageAgain() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("train/0", 1, ActivityRules.OUT_OF_MEMORY, "8 GiB are too few");
      laboratory.client().start(input("stage"));
      laboratory.store().awaitState("stage", "NEEDS_ATTENTION");
      int measured = laboratory.script().answers("measure/");

      laboratory.client().retry("stage", 1);
      laboratory.awaitEnd("stage");
      assertThat(laboratory.script().answers("measure/")).isEqualTo(measured);
      assertThat(laboratory.script().answers("data")).isEqualTo(1);
    }
  }

  @Test
  void isNeededForADivergedTrainingWhereTheSpecificationSaysStop() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("train/1", 1, ActivityRules.DIVERGED, "the loss is NaN in epoch 2");
      laboratory.client().start(input("stopping", Map.of("failure.onDiverged", "stop")));
      laboratory.store().awaitState("stopping", "NEEDS_ATTENTION");
      assertThat(laboratory.store().reason("stopping"))
          .isEqualTo("stage evaluate: the loss is NaN in epoch 2");
      laboratory.awaitQuiet("stopping", "");

      laboratory.client().cancel("stopping");
      laboratory.awaitEnd("stopping");
    }
  }

  @Test
  void isNotNeededForADivergedTrainingWhereTheSpecificationSaysContinue() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("train/1", 1, ActivityRules.DIVERGED, "the loss is NaN in epoch 2");
      laboratory.complete(input("going-on", Map.of("failure.onDiverged", "continue")));

      JsonNode evaluations =
          Json.read(laboratory.store().stageResult("going-on", "evaluate"), JsonNode.class)
              .get("evaluations");
      assertThat(evaluations).hasSize(4);
      assertThat(evaluations.get(0).get("testAccuracy").isNumber()).isTrue();
      assertThat(evaluations.get(1).get("testAccuracy").isNull()).isTrue();
      assertThat(evaluations.get(1).get("weights").isNull()).isTrue();
      assertThat(evaluations.get(2).get("testAccuracy").isNumber()).isTrue();
    }
  }

  @Test
  void isAskedForInWordsWhereTheWorkflowItselfFindsTheFault() {
    StageInput input =
        new StageInput(
            "faulty",
            "evaluate",
            "key",
            input("faulty").specification(),
            NumericClasses.CPU,
            "digest",
            Map.of("prune", "{\"architecture\": \"|nor_conv_5x5~0|\"}"),
            null,
            null,
            Laboratory.STORE,
            null);
    try (Laboratory laboratory = new Laboratory()) {
      assertThatThrownBy(
              () -> laboratory.complete(EvaluateStage.TYPE, "faulty", String.class, input))
          .isInstanceOf(WorkflowFailedException.class)
          .cause()
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> {
                assertThat(failure.getType()).isEqualTo(ActivityRules.INVALID_INPUT);
                assertThat(failure.getOriginalMessage()).contains("nor_conv_5x5");
              });
    }
  }

  @Test
  void waitsAsLongAsThePersonTakes() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("report", 1, ActivityRules.INVALID_INPUT, "wrong");
      laboratory.client().start(input("patient"));
      laboratory.store().awaitState("patient", "NEEDS_ATTENTION");
      laboratory.environment().sleep(Duration.ofDays(30));

      laboratory.client().pause("patient"); // does not count as an answer
      laboratory.client().retry("patient", 1);
      laboratory.store().awaitState("patient", "PAUSED");
      laboratory.client().resume("patient");
      laboratory.awaitEnd("patient");
      assertThat(laboratory.store().state("patient")).isEqualTo("COMPLETED");
    }
  }

  @Test
  void letsAnotherExperimentTakeTheStageOver() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("measure/0/", 1, ActivityRules.EXHAUSTED, "lost five times");
      laboratory.client().start(input("stuck"));
      laboratory.store().awaitState("stuck", "NEEDS_ATTENTION");

      String digest = laboratory.complete(input("other"));
      laboratory.client().retry("stuck", 1);
      laboratory.awaitEnd("stuck");
      assertThat(laboratory.store().digest("stuck")).isEqualTo(digest);
      assertThat(List.copyOf(laboratory.store().stages("stuck").values())).contains("REUSED");
    }
  }
}
