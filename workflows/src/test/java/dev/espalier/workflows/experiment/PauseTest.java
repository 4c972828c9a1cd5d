package dev.espalier.workflows.experiment;

import static dev.espalier.workflows.fake.Laboratory.input;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.HeldNote;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.fake.Patience;
import dev.espalier.workflows.fake.Script;
import io.temporal.api.enums.v1.EventType;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pausing stops work at its next step, loses none of it, and changes no result. */
@Timeout(120)
final class PauseTest {
  private static String undisturbed = "";

  @BeforeAll
  static void undisturbed() {
    try (Laboratory laboratory = new Laboratory()) {
      undisturbed = laboratory.complete(input("undisturbed"));
    }
  }

  @Test
  void stopsTheUnitsInFlightAndRunsOnlyThemAgain() {
    try (Laboratory laboratory = new Laboratory()) {
      Script script = laboratory.script();
      Gate gate = Gate.reachedBy(2);
      script.before("train/1", gate);
      script.before("train/3", gate);
      laboratory.client().start(input("paused"));
      gate.awaitReached();
      laboratory.awaitAnswers("paused", "evaluate", 3); // the round is noted, two are trained

      laboratory.client().pause("paused");
      laboratory.store().awaitState("paused", "PAUSED");
      assertThat(script.stopped()).containsExactlyInAnyOrder("train/1", "train/3");
      assertThat(script.running()).isZero();
      assertThat(laboratory.store().stages("paused")).containsEntry("evaluate", "PAUSED");
      assertThat(status(laboratory, "paused"))
          .isEqualTo(new ExperimentStatus(ExperimentState.PAUSED, "evaluate"));

      gate.open();
      laboratory.client().resume("paused");
      laboratory.awaitEnd("paused");
      assertThat(laboratory.store().digest("paused")).isEqualTo(undisturbed);
      assertThat(script.begun().stream().filter(unit -> unit.startsWith("train/")))
          .containsExactlyInAnyOrder(
              "train/0", "train/1", "train/1", "train/2", "train/3", "train/3");
    }
  }

  @Test
  void mayBeAskedForManyTimes() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.startUntil("measure/1/", 1, input("often"));
      for (int time = 0; time < 3; time++) {
        laboratory.client().pause("often");
        laboratory.client().pause("often");
        laboratory.store().awaitState("often", "PAUSED");
        laboratory.client().resume("often");
        laboratory.client().resume("often");
        laboratory.store().awaitState("often", "RUNNING");
      }
      gate.open();
      laboratory.awaitEnd("often");
      assertThat(laboratory.store().digest("often")).isEqualTo(undisturbed);
    }
  }

  @Test
  void mayBeAskedForAgainWhileTheResumeIsNoted() {
    try (Laboratory laboratory = new Laboratory()) {
      HeldNote held = laboratory.store().hold("experimentState/evaluate/RUNNING");
      Gate gate = laboratory.startUntil("train/", 4, input("again"));
      laboratory.client().pause("again");
      laboratory.store().awaitState("again", "PAUSED");
      laboratory.client().resume("again");
      laboratory.awaitSignals("again", "evaluate", 2);
      laboratory.client().pause("again");
      laboratory.awaitSignals("again", "evaluate", 3);
      gate.open();
      held.let();

      Patience.until(
          "it is noted that it paused twice",
          () ->
              laboratory.store().events("again").stream()
                      .filter(event -> event.startsWith("evaluate/PAUSED"))
                      .count()
                  == 2);
      assertThat(laboratory.script().answers("train/")).isZero();
      laboratory.client().resume("again");
      laboratory.awaitEnd("again");
      assertThat(laboratory.store().digest("again")).isEqualTo(undisturbed);
    }
  }

  @Test
  void mayBeTakenBackBeforeTheUnitsHaveStopped() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.script().before("train/2", Gate.slowToStop());
      laboratory.client().start(input("wavering"));
      gate.awaitReached();
      laboratory.awaitAnswers("wavering", "evaluate", 4);

      laboratory.client().pause("wavering");
      gate.awaitNoticed();
      laboratory.client().resume("wavering");
      laboratory.awaitSignals("wavering", "evaluate", 2);
      gate.open();
      gate.letStop();
      laboratory.awaitEnd("wavering");

      assertThat(laboratory.store().digest("wavering")).isEqualTo(undisturbed);
      assertThat(laboratory.script().stopped()).containsExactly("train/2");
    }
  }

  @Test
  void keepsTheAnswerOfAUnitThatFinishedInsteadOfStopping() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.script().before("train/2", Gate.ignoringStops());
      laboratory.client().start(input("finishing"));
      gate.awaitReached();
      laboratory.awaitAnswers("finishing", "evaluate", 4);

      laboratory.client().pause("finishing");
      gate.awaitNoticed();
      // All units are done, so that the pause comes into force before the next stage.
      laboratory.store().awaitEvent("finishing", "paused/between/1");
      laboratory.client().resume("finishing");
      laboratory.awaitEnd("finishing");

      assertThat(laboratory.store().digest("finishing")).isEqualTo(undisturbed);
      assertThat(laboratory.script().begun()).containsOnlyOnce("train/2");
    }
  }

  @Test
  void keepsTheFailureOfAUnitThatFailedInsteadOfStopping() {
    try (Laboratory laboratory = new Laboratory()) {
      CountDownLatch paused = new CountDownLatch(1);
      laboratory
          .script()
          .before(
              "train/2",
              (unit, context) -> {
                Patience.until("the experiment is told to pause", paused);
                Patience.until(
                    "the stage has taken its units back",
                    () ->
                        laboratory.events(
                                "failing",
                                "evaluate",
                                EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED)
                            > 0);
                throw ApplicationFailure.newNonRetryableFailure("loss is NaN", "Diverged");
              });
      Gate gate = laboratory.startUntil("train/1", 1, input("failing"));
      laboratory.awaitAnswers("failing", "evaluate", 3);

      laboratory.client().pause("failing");
      paused.countDown();
      laboratory.store().awaitState("failing", "PAUSED");
      gate.open();
      laboratory.client().resume("failing");
      laboratory.awaitEnd("failing");

      assertThat(laboratory.store().state("failing")).isEqualTo("COMPLETED");
      assertThat(laboratory.store().stageResult("failing", "evaluate"))
          .contains("\"validationAccuracy\":null");
      assertThat(laboratory.script().begun()).containsOnlyOnce("train/2");
    }
  }

  @Test
  void takesUnitsBackThatWaitForTheirNextAttempt() {
    try (Laboratory laboratory = new Laboratory()) {
      CountDownLatch failed = new CountDownLatch(3);
      CountDownLatch paused = new CountDownLatch(1);
      laboratory
          .script()
          .before(
              "train/2",
              (unit, context) -> {
                if (paused.getCount() > 0) {
                  failed.countDown();
                  throw ApplicationFailure.newFailure("the worker was lost", "Lost");
                }
              });
      laboratory.client().start(input("unlucky"));
      Patience.until("a unit was lost three times", failed);
      laboratory.awaitAnswers("unlucky", "evaluate", 4);

      laboratory.client().pause("unlucky");
      laboratory.store().awaitState("unlucky", "PAUSED");
      paused.countDown();
      laboratory.client().resume("unlucky");
      laboratory.awaitEnd("unlucky");
      assertThat(laboratory.store().digest("unlucky")).isEqualTo(undisturbed);
    }
  }

  @Test
  void holdsBeforeAStageThatHasNotBegun() {
    try (Laboratory laboratory = new Laboratory()) {
      HeldNote held = laboratory.store().hold("finishStage/prepare-data");
      laboratory.client().start(input("between"));
      held.awaitReached();
      laboratory.client().pause("between");
      held.let();

      laboratory.store().awaitEvent("between", "paused/between/1");
      laboratory.store().awaitState("between", "PAUSED");
      assertThat(laboratory.script().begun()).containsExactly("data");

      laboratory.client().resume("between");
      laboratory.awaitEnd("between");
      assertThat(laboratory.store().digest("between")).isEqualTo(undisturbed);
      assertThat(laboratory.store().events("between")).contains("resumed/between/1");
    }
  }

  @Test
  void isRememberedWhenItIsAskedForBeforeTheFirstStep() {
    try (Laboratory laboratory = new Laboratory()) {
      HeldNote held = laboratory.store().hold("experimentState/started");
      laboratory.client().start(input("early"));
      laboratory.client().pause("early");
      held.let();

      laboratory.store().awaitState("early", "PAUSED");
      assertThat(laboratory.script().begun()).isEmpty();
      laboratory.client().resume("early");
      laboratory.awaitEnd("early");
      assertThat(laboratory.store().digest("early")).isEqualTo(undisturbed);
    }
  }

  static ExperimentStatus status(Laboratory laboratory, String id) {
    return laboratory
        .temporal()
        .newWorkflowStub(ExperimentWorkflow.class, Laboratory.workflowId(id))
        .status();
  }
}
