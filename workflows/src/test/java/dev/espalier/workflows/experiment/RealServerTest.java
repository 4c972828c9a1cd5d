package dev.espalier.workflows.experiment;

import static dev.espalier.workflows.fake.Laboratory.input;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.workflows.data.PrepareDataStage;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.fake.Obstacle;
import dev.espalier.workflows.fake.Patience;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.StagePlan;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the server in memory cannot do: an activity that fails while it is being cancelled, a child
 * that is ended from outside. Runs where the environment variable ESPALIER_TEMPORAL names
 * Temporal's command.
 */
@Timeout(120)
final class RealServerTest {
  private static final String COMMAND = System.getenv().getOrDefault("ESPALIER_TEMPORAL", "");

  @BeforeEach
  void needsAServer() {
    Assumptions.assumeTrue(
        !COMMAND.isEmpty() && Files.isExecutable(Path.of(COMMAND)),
        "SKIPPED: set ESPALIER_TEMPORAL to Temporal's command to run the tests on a real server");
  }

  @Test
  void aUnitWhoseWorkerDrainsDuringAPauseIsRunAgain() {
    survivesThePause((unit, context) -> {
      throw ApplicationFailure.newFailure("the worker drains", ActivityRules.STOPPED);
    });
  }

  @Test
  void aUnitWhoseWorkerDiesDuringAPauseIsRunAgain() {
    CountDownLatch never = new CountDownLatch(1);
    survivesThePause((unit, context) -> Patience.until("a dead worker comes back", never));
  }

  @Test
  void anExperimentCanBeSteeredAndComesToItsEnd() {
    try (Laboratory laboratory = Laboratory.onServer(Path.of(COMMAND))) {
      String digest = laboratory.complete(input("undisturbed"));
      Gate gate = laboratory.script().before("measure/1/", Gate.reachedBy(2));
      laboratory.script().fail("train/1", 1, ActivityRules.INVALID_INPUT, "wrong");
      ExperimentInput input = input("steered");
      laboratory
          .client()
          .start(
              new ExperimentInput(
                  "steered",
                  input.specification(),
                  input.numericClass(),
                  "",
                  "afresh",
                  input.plan(),
                  Laboratory.STORE,
                  null,
                  null,
                  null));
      gate.awaitReached();
      laboratory.client().pause("steered");
      laboratory.store().awaitState("steered", "PAUSED");
      gate.open();
      laboratory.client().resume("steered");
      laboratory.store().awaitState("steered", "NEEDS_ATTENTION");
      laboratory.client().retry("steered", 1);
      laboratory.awaitEnd("steered");
      assertThat(laboratory.store().digest("steered")).isEqualTo(digest);
    }
  }

  @Test
  void anExperimentSaysWhyTemporalEndedTheWorkflowOfItsStage() {
    try (Laboratory laboratory = Laboratory.onServer(Path.of(COMMAND))) {
      Gate gate = laboratory.startUntil("train/", 1, input("ended"));
      laboratory
          .temporal()
          .newUntypedWorkflowStub(Laboratory.workflowId("ended") + "/evaluate")
          .terminate("Workflow history size exceeds limit.");
      laboratory.store().awaitState("ended", "NEEDS_ATTENTION");
      assertThat(laboratory.store().reason("ended"))
          .contains("stage evaluate: its workflow experiment/")
          .contains("it was terminated: Workflow history size exceeds limit.")
          .endsWith("espalier retry ended");
      gate.open();
      laboratory.client().retry("ended", 1);
      laboratory.awaitEnd("ended");
      assertThat(laboratory.store().state("ended")).isEqualTo("COMPLETED");
    }
  }

  @Test
  void aDefectOfWorkflowCodeIsFoundOut() {
    try (Laboratory laboratory = Laboratory.onServer(Path.of(COMMAND))) {
      ExperimentInput input = input("defect");
      StagePlan any = new StagePlan("prepare-data", PrepareDataStage.TYPE, 1, List.of(), false);
      String withoutSeed =
          "{}"; // no launch lets it through, and workflow code rightly counts on it
      laboratory
          .client()
          .start(
              new ExperimentInput(
                  "defect",
                  withoutSeed,
                  input.numericClass(),
                  "",
                  "",
                  List.of(any),
                  input.store(),
                  null,
                  null,
                  null));
      Patience.until(
          "its workflow is found to be stuck",
          () -> laboratory.client().stuckOn("defect", List.of()).isPresent());
      assertThat(laboratory.client().stuckOn("defect", List.of()))
          .hasValueSatisfying(why -> assertThat(why).endsWith("(NullPointerException)"));

      Gate gate = laboratory.startUntil("train/", 1, input("sound"));
      assertThat(laboratory.client().stuckOn("sound", List.of("evaluate"))).isEmpty();
      gate.open();
      laboratory.awaitEnd("sound");
    }
  }

  /** A unit that is told to stop meets an obstacle then; it is run again after the pause. */
  private static void survivesThePause(Obstacle whenToldToStop) {
    try (Laboratory laboratory = Laboratory.onServer(Path.of(COMMAND))) {
      Gate gate = Gate.ignoringStops();
      laboratory
          .script()
          .before(
              "train/1",
              (unit, context) -> {
                boolean first =
                    laboratory.script().begun().stream().filter(unit::equals).count() == 1;
                if (first) {
                  gate.meet(unit, context);
                  whenToldToStop.meet(unit, context);
                }
              });
      laboratory.client().start(input("paused", Map.of("failure.onDiverged", "stop")));
      gate.awaitReached();
      laboratory.client().pause("paused");
      laboratory.store().awaitState("paused", "PAUSED");
      assertThat(laboratory.store().reason("paused")).isEmpty();

      laboratory.client().resume("paused");
      laboratory.awaitEnd("paused");
      assertThat(laboratory.store().state("paused")).isEqualTo("COMPLETED");
      assertThat(laboratory.script().answers("train/1")).isEqualTo(1);
    }
  }
}
