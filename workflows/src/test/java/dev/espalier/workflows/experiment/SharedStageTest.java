package dev.espalier.workflows.experiment;

import static dev.espalier.workflows.fake.Laboratory.input;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.workflows.data.PrepareDataStageImpl;
import dev.espalier.workflows.evaluation.EvaluateStageImpl;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.pruning.PruneStageImpl;
import dev.espalier.workflows.report.ReportStageImpl;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An experiment that needs a stage which another one is running waits for it. */
@Timeout(60)
final class SharedStageTest {
  @Test
  void isWaitedForAndReusedWhenItIsFinished() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = startOwnerAndWaiter(laboratory);
      gate.open();
      laboratory.awaitEnd("waiter");
      laboratory.awaitEnd("owner");

      assertThat(laboratory.store().digest("waiter"))
          .isEqualTo(laboratory.store().digest("owner"));
      assertThat(laboratory.store().stages("waiter")).containsEntry("prune", "REUSED");
      assertThat(laboratory.script().answered())
          .filteredOn(unit -> unit.startsWith("measure/"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void isTakenOverWhenItsOwnerGivesUp() {
    try (Laboratory laboratory = new Laboratory()) {
      Gate gate = startOwnerAndWaiter(laboratory);
      laboratory.client().cancel("owner");
      laboratory.awaitEnd("owner");
      gate.open();
      laboratory.awaitEnd("waiter");

      assertThat(laboratory.store().state("waiter")).isEqualTo("COMPLETED");
      assertThat(laboratory.store().stages("waiter")).containsEntry("prune", "COMPLETED");
    }
  }

  @Test
  void isWaitedForWithoutEndInAHistoryThatStaysShort() {
    try (Laboratory laboratory = Laboratory.withWorkflows(SharedStageTest::alwaysLong)) {
      Gate gate = startOwnerAndWaiter(laboratory);
      for (int minute = 0; minute < 2; minute++) {
        laboratory.environment().sleep(Duration.ofSeconds(11));
      }
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

      gate.open();
      laboratory.awaitEnd("owner");
      laboratory.awaitEnd("waiter");
      assertThat(laboratory.store().digest("waiter"))
          .isEqualTo(laboratory.store().digest("owner"));
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

  private static Gate startOwnerAndWaiter(Laboratory laboratory) {
    Gate gate = laboratory.script().before("measure/0/", Gate.reachedBy(1));
    laboratory.client().start(input("owner"));
    gate.awaitReached();
    laboratory.client().start(input("waiter"));
    laboratory.store().awaitEvent("waiter", "prune/waiting");
    return gate;
  }
}
