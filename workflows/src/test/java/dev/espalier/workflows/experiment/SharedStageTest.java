package dev.espalier.workflows.experiment;

import static dev.espalier.workflows.fake.Laboratory.input;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.experiment.ExperimentState;
import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.data.PrepareDataStageImpl;
import dev.espalier.workflows.evaluation.EvaluateStageImpl;
import dev.espalier.workflows.fake.FakeStore;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.method.tenas.PruneStage;
import dev.espalier.workflows.method.tenas.PruneStageImpl;
import dev.espalier.workflows.report.ReportStageImpl;
import dev.espalier.workflows.stage.Bookkeeping.Cancellation;
import dev.espalier.workflows.stage.Bookkeeping.StageFailure;
import dev.espalier.workflows.stage.Bookkeeping.StageRequest;
import dev.espalier.workflows.stage.Bookkeeping.StageResult;
import dev.espalier.workflows.stage.Bookkeeping.StateNote;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An experiment that needs a stage which another one is running waits for it. The other one, where
 * nothing else is said, is named {@code owner} and lives in the store alone, so that time is
 * skipped while it is waited for.
 */
@Timeout(120)
final class SharedStageTest {
  private static String digest = "";
  private static String pruneKey = "";
  private static String pruneResult = "";

  @BeforeAll
  static void undisturbed() {
    try (Laboratory laboratory = new Laboratory()) {
      digest = laboratory.complete(input("undisturbed"));
      pruneKey = laboratory.store().stageKey("undisturbed", "prune");
      pruneResult = laboratory.store().stageResult("undisturbed", "prune");
    }
  }

  @Test
  void isWaitedForAndReusedWhenItsOwnerHasFinishedIt() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = laboratory.startUntil("measure/0/", 1, input("first"));
      laboratory.client().start(input("second"));
      laboratory.store().awaitEvent("second", "prune/waiting");

      gate.open();
      laboratory.awaitEnd("second");
      laboratory.awaitEnd("first");
      assertThat(laboratory.store().digest("first")).isEqualTo(digest);
      assertThat(laboratory.store().digest("second")).isEqualTo(digest);
      assertThat(laboratory.store().stages("second")).containsEntry("prune", "REUSED");
      assertThat(laboratory.script().answered())
          .filteredOn(unit -> unit.startsWith("measure/"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void isWaitedForAsLongAsItTakes() {
    try (Laboratory laboratory = new Laboratory()) {
      startWaiter(laboratory);
      laboratory.environment().sleep(Duration.ofMinutes(2));
      assertThat(laboratory.store().state("waiter")).isEqualTo("RUNNING");
      assertThat(laboratory.script().begun()).containsExactly("data");

      laboratory.store().finishStage(finished());
      laboratory.awaitEnd("waiter");
      assertThat(laboratory.store().digest("waiter")).isEqualTo(digest);
      assertThat(laboratory.store().stages("waiter")).containsEntry("prune", "REUSED");
      assertThat(laboratory.script().answers("measure/")).isZero();
    }
  }

  @Test
  void isTakenOverWhenItsOwnerIsCancelled() {
    try (Laboratory laboratory = new Laboratory()) {
      startWaiter(laboratory);
      laboratory
          .store()
          .cancelExperiment(new Cancellation("owner", "prune", PruneStage.TYPE, pruneKey));

      laboratory.awaitEnd("waiter");
      assertThat(laboratory.store().digest("waiter")).isEqualTo(digest);
      assertThat(laboratory.store().stages("waiter")).containsEntry("prune", "COMPLETED");
    }
  }

  @Test
  void isTakenOverWhenItsOwnerNeedsAttention() {
    try (Laboratory laboratory = new Laboratory()) {
      startWaiter(laboratory);
      laboratory
          .store()
          .stageFailed(new StageFailure("owner", "prune", PruneStage.TYPE, pruneKey, "lost", 1));

      laboratory.awaitEnd("waiter");
      assertThat(laboratory.store().digest("waiter")).isEqualTo(digest);
      assertThat(laboratory.store().stages("waiter")).containsEntry("prune", "COMPLETED");
    }
  }

  @Test
  void isWaitedForWithoutEndInAHistoryThatStaysShort() {
    try (Laboratory laboratory = Laboratory.withWorkflows(SharedStageTest::alwaysLong)) {
      startWaiter(laboratory);
      laboratory.environment().sleep(Duration.ofMinutes(1));

      List<HistoryEvent> events = laboratory.history("waiter", "").getEvents();
      assertThat(
              events
                  .getFirst()
                  .getWorkflowExecutionStartedEventAttributes()
                  .getContinuedExecutionRunId())
          .isNotEmpty();
      assertThat(events)
          .filteredOn(event -> event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED)
          .hasSizeLessThanOrEqualTo(1);

      laboratory.store().finishStage(finished());
      laboratory.awaitEnd("waiter");
      assertThat(laboratory.store().digest("waiter")).isEqualTo(digest);
    }
  }

  @Test
  void isNotUsedWhileTheExperimentIsPaused() {
    try (Laboratory laboratory = Laboratory.withWorkflows(SharedStageTest::alwaysLong)) {
      startWaiter(laboratory);
      laboratory.client().pause("waiter");
      laboratory.environment().sleep(Duration.ofMinutes(1));
      assertThat(laboratory.store().state("waiter")).isEqualTo("PAUSED");
      laboratory.store().finishStage(finished());
      laboratory.environment().sleep(Duration.ofMinutes(1));
      assertThat(laboratory.store().stages("waiter")).doesNotContainEntry("prune", "REUSED");

      laboratory.client().resume("waiter");
      laboratory.awaitEnd("waiter");
      assertThat(laboratory.store().digest("waiter")).isEqualTo(digest);
    }
  }

  /** Experiments that think their history long each time they are asked. */
  private static void alwaysLong(Worker worker) {
    worker.registerWorkflowImplementationFactory(
        ExperimentWorkflow.class,
        encoded -> new ExperimentWorkflowImpl(encoded.get(0, ExperimentInput.class), () -> true),
        WorkflowImplementationOptions.getDefaultInstance());
    worker.registerWorkflowImplementationTypes(
        PrepareDataStageImpl.class,
        PruneStageImpl.class,
        EvaluateStageImpl.class,
        ReportStageImpl.class);
  }

  /** Lets {@code owner} hold the prune stage, and starts an experiment that needs it. */
  private static void startWaiter(Laboratory laboratory) {
    FakeStore store = laboratory.store();
    store.experimentState(new StateNote("owner", ExperimentState.RUNNING, "", "", ""));
    store.claimStage(
        new StageRequest(
            "owner",
            "prune",
            PruneStage.TYPE,
            pruneKey,
            "{}",
            List.of(),
            NumericClasses.CPU,
            null));
    laboratory.client().start(input("waiter"));
    store.awaitEvent("waiter", "prune/waiting");
  }

  private static StageResult finished() {
    return new StageResult("owner", "prune", PruneStage.TYPE, pruneKey, pruneResult, 1);
  }
}
