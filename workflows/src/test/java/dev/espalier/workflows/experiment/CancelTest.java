package dev.espalier.workflows.experiment;

import static dev.espalier.workflows.fake.Laboratory.input;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.workflows.TaskQueues;
import dev.espalier.workflows.client.ExperimentClient.Presence;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.HeldNote;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.fake.Patience;
import dev.espalier.workflows.stage.ActivityRules;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.CanceledFailure;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelling ends an experiment from wherever it stands, and lets go of the stage it held. */
@Timeout(120)
final class CancelTest {
  @Test
  void stopsTheUnitsInFlightBeforeItIsRecorded() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.script().before("measure/1/", Gate.reachedBy(2));
      AtomicInteger runningAtTheEnd = new AtomicInteger(-1);
      laboratory
          .store()
          .before(
              "cancelExperiment/prune", () -> runningAtTheEnd.set(laboratory.script().running()));
      laboratory.client().start(input("running"));
      gate.awaitReached();

      laboratory.client().cancel("running");
      laboratory.client().cancel("running");
      laboratory.awaitEnd("running");

      assertThat(laboratory.store().state("running")).isEqualTo("CANCELLED");
      assertThat(laboratory.store().stages("running"))
          .containsEntry("prepare-data", "COMPLETED")
          .containsEntry("prune", "CANCELLED")
          .doesNotContainKey("evaluate");
      assertThat(runningAtTheEnd).hasValue(0);
      assertThat(laboratory.script().stopped()).isNotEmpty();
      assertThat(laboratory.client().presence("running")).isEqualTo(Presence.CLOSED);
    }
  }

  @Test
  void letsAnotherExperimentGoOnWithTheStage() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.startUntil("measure/1/", 1, input("cancelled"));
      laboratory.client().cancel("cancelled");
      laboratory.awaitEnd("cancelled");
      gate.open();

      laboratory.complete(input("next"));
      assertThat(laboratory.store().stages("next")).containsEntry("prune", "COMPLETED");
    }
  }

  @Test
  void worksWhilePausedWithinAStage() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.startUntil("train/", 1, input("paused"));
      laboratory.client().pause("paused");
      laboratory.store().awaitState("paused", "PAUSED");
      laboratory.awaitQuiet("paused", "evaluate");

      laboratory.client().cancel("paused");
      laboratory.awaitEnd("paused");
      assertThat(laboratory.store().state("paused")).isEqualTo("CANCELLED");
      assertThat(laboratory.store().stages("paused")).containsEntry("evaluate", "CANCELLED");
    }
  }

  @Test
  void worksWhilePausedBetweenStages() {
    try (Laboratory laboratory = new Laboratory()) {
      HeldNote held = laboratory.store().hold("experimentState/started");
      laboratory.client().start(input("between"));
      laboratory.client().pause("between");
      held.let();
      laboratory.store().awaitState("between", "PAUSED");
      laboratory.awaitQuiet("between", "");

      laboratory.client().cancel("between");
      laboratory.awaitEnd("between");
      assertThat(laboratory.store().state("between")).isEqualTo("CANCELLED");
    }
  }

  @Test
  void worksWhileAPauseIsComingIntoForce() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.script().before("train/2", Gate.slowToStop());
      laboratory.client().start(input("pausing"));
      gate.awaitReached();
      laboratory.awaitAnswers("pausing", "evaluate", 4);
      laboratory.client().pause("pausing");
      gate.awaitNoticed();

      laboratory.client().cancel("pausing");
      laboratory.awaitCancelTaken("pausing", "evaluate");
      gate.letStop();
      laboratory.awaitEnd("pausing");
      assertThat(laboratory.store().state("pausing")).isEqualTo("CANCELLED");
      assertThat(laboratory.script().running()).isZero();
    }
  }

  @Test
  void worksWhileItNeedsAttention() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("data", 1, ActivityRules.INVALID_INPUT, "no such data set");
      laboratory.client().start(input("failed"));
      laboratory.store().awaitState("failed", "NEEDS_ATTENTION");
      laboratory.awaitQuiet("failed", "");

      laboratory.client().cancel("failed");
      laboratory.awaitEnd("failed");
      assertThat(laboratory.store().state("failed")).isEqualTo("CANCELLED");
      assertThat(laboratory.script().begun()).containsExactly("data");
    }
  }

  @Test
  void worksWhileItWaitsForAStageOfAnotherExperiment() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.startUntil("measure/0/", 1, input("owner"));
      laboratory.client().start(input("waiter"));
      laboratory.store().awaitEvent("waiter", "prune/waiting");
      laboratory.awaitQuiet("waiter", "");

      laboratory.client().cancel("waiter");
      laboratory.awaitEnd("waiter");
      assertThat(laboratory.store().state("waiter")).isEqualTo("CANCELLED");

      gate.open();
      laboratory.awaitEnd("owner");
      assertThat(laboratory.store().state("owner")).isEqualTo("COMPLETED");
    }
  }

  @Test
  void worksWhileANoteIsBeingTaken() {
    for (String note :
        List.of("experimentState/started", "claimStage/prune", "finishStage/prune")) {
      try (Laboratory laboratory = new Laboratory()) {
        HeldNote held = laboratory.store().hold(note);
        laboratory.client().start(input("noting"));
        held.awaitReached();
        laboratory.client().cancel("noting");
        Patience.until(
            "the note is taken back",
            () ->
                laboratory.events("noting", "", EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED)
                    > 0);
        held.let();

        laboratory.awaitEnd("noting");
        assertThat(laboratory.store().state("noting")).as(note).isEqualTo("CANCELLED");
        assertThat(laboratory.script().begun()).doesNotContain("train/0");
        assertThat(laboratory.store().stages("noting").values())
            .as("no stage is left running after %s", note)
            .doesNotContain("RUNNING");
      }
    }
  }

  @Test
  void worksBeforeTheFirstStep() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory
          .temporal()
          .newUntypedWorkflowStub(
              ExperimentWorkflow.TYPE,
              WorkflowOptions.newBuilder()
                  .setWorkflowId(Laboratory.workflowId("at-once"))
                  .setTaskQueue(TaskQueues.workflows(Laboratory.STORE))
                  .build())
          .signalWithStart("cancel", new Object[0], new Object[] {input("at-once")});
      laboratory.awaitEnd("at-once");
      assertThat(laboratory.store().state("at-once")).isEqualTo("CANCELLED");
    }
  }

  @Test
  void comesTooLateForAnExperimentThatIsBeingCompleted() {
    try (Laboratory laboratory = new Laboratory()) {
      HeldNote held = laboratory.store().hold("completeExperiment/");
      laboratory.client().start(input("done"));
      held.awaitReached();
      laboratory.client().cancel("done");
      laboratory.awaitSignals("done", "", 1);
      held.let();

      laboratory.awaitEnd("done");
      assertThat(laboratory.store().state("done")).isEqualTo("COMPLETED");
      assertThat(laboratory.store().events("done")).doesNotContain("cancelled");
      laboratory.client().cancel("done"); // and when it is over, nobody is there to hear it
    }
  }

  @Test
  void byTemporalsOwnMeansIsRecordedToo() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.startUntil("train/", 1, input("outside"));

      laboratory.temporal().newUntypedWorkflowStub(Laboratory.workflowId("outside")).cancel();
      assertThat(laboratory.awaitFailure("outside")).hasCauseInstanceOf(CanceledFailure.class);
      assertThat(laboratory.store().state("outside")).isEqualTo("CANCELLED");
      assertThat(laboratory.script().running()).isZero();
    }
  }

  @Test
  void ofAStageByTemporalsOwnMeansNeedsAttention() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.startUntil("train/", 1, input("stage-only"));

      laboratory
          .temporal()
          .newUntypedWorkflowStub(Laboratory.workflowId("stage-only") + "/evaluate")
          .cancel();
      laboratory.store().awaitState("stage-only", "NEEDS_ATTENTION");
      gate.open();
      laboratory.client().retry("stage-only", 1);
      laboratory.awaitEnd("stage-only");
      assertThat(laboratory.store().state("stage-only")).isEqualTo("COMPLETED");
    }
  }
}
