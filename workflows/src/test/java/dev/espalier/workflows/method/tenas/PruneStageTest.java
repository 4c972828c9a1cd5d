package dev.espalier.workflows.method.tenas;

import static dev.espalier.workflows.fake.Laboratory.input;
import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.Json;
import dev.espalier.workflows.NumericClasses;
import dev.espalier.workflows.data.PrepareDataStageImpl;
import dev.espalier.workflows.evaluation.EvaluateStageImpl;
import dev.espalier.workflows.experiment.ExperimentWorkflowImpl;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.HeldNote;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.report.ReportStageImpl;
import dev.espalier.workflows.stage.StageInput;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loop of pruning, its rounds, and how it continues as new. */
@Timeout(120)
final class PruneStageTest {
  private static String undisturbed = "";
  private static String digest = "";

  @BeforeAll
  static void undisturbed() {
    try (Laboratory laboratory = new Laboratory()) {
      digest = laboratory.complete(input("undisturbed"));
      undisturbed = laboratory.store().stageResult("undisturbed", "prune");
    }
  }

  @Test
  void removesOneOperatorOfEachEdgeInEachRound() {
    PruneResult result = Json.read(undisturbed, PruneResult.class);
    assertThat(result.rounds()).hasSize(3);
    assertThat(result.rounds())
        .allSatisfy(round ->
            assertThat(round.removed())
                .extracting(removed -> removed.substring(0, 1))
                .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5"));
  }

  @ParameterizedTest
  @CsvSource({"exact, all", "reference, published", "reference, all"})
  void leavesACellInEveryModeAndWithEveryOperatorSet(String mode, String operators) {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(
          input("modes", Map.of("search.mode", mode, "search.operators", operators)));
      PruneResult result =
          Json.read(laboratory.store().stageResult("modes", "prune"), PruneResult.class);
      assertThat(result.architecture()).startsWith("|").contains("~0|").endsWith("|");
      assertThat(result.rounds()).hasSize(operators.equals("all") ? 4 : 3);
    }
  }

  @Test
  void leavesAGenotypeInTheDartsSpaceAlsoWhenItContinuesAsNewAfterEveryRound() {
    Map<String, String> darts = Map.of("space", "darts", "search.mode", "reference");
    String whole;
    try (Laboratory laboratory = new Laboratory()) {
      whole = laboratory.complete(input("darts", darts));
      PruneResult result =
          Json.read(laboratory.store().stageResult("darts", "prune"), PruneResult.class);
      assertThat(result.architecture()).startsWith("Genotype(normal=[(").doesNotContain("none");
      // specs/te-nas.md 1.6: 3 of 7 operators of 28 edges, twice; then 3, 4 and 5 edges, twice.
      assertThat(result.rounds())
          .extracting(round -> round.removed().size())
          .containsExactly(84, 84, 1, 2, 3, 1, 2, 3);
    }
    try (Laboratory laboratory = Laboratory.withWorkflows(PruneStageTest::alwaysLong)) {
      assertThat(laboratory.complete(input("darts", darts))).isEqualTo(whole);
      assertThat(laboratory.store().differences()).isEmpty();
    }
  }

  @Test
  void comesToTheSameResultWhenItContinuesAsNewAfterEveryRound() {
    try (Laboratory laboratory = Laboratory.withWorkflows(PruneStageTest::alwaysLong)) {
      assertThat(laboratory.complete(input("renewed"))).isEqualTo(digest);
      assertThat(laboratory.store().differences()).isEmpty();
      assertThat(
              laboratory
                  .history("renewed", "prune")
                  .getEvents()
                  .getFirst()
                  .getWorkflowExecutionStartedEventAttributes()
                  .getContinuedExecutionRunId())
          .isNotEmpty();
    }
  }

  @Test
  void canBePausedAfterItContinuedAsNew() {
    try (Laboratory laboratory = Laboratory.withWorkflows(PruneStageTest::alwaysLong)) {
      Gate gate = laboratory.startUntil("measure/2/", 1, input("renewed"));

      laboratory.client().pause("renewed");
      laboratory.store().awaitState("renewed", "PAUSED");
      gate.open();
      laboratory.client().resume("renewed");
      laboratory.awaitEnd("renewed");
      assertThat(laboratory.store().digest("renewed")).isEqualTo(digest);
    }
  }

  @Test
  void takesAPauseAlongWhenItContinuesAsNew() {
    try (Laboratory laboratory = Laboratory.withWorkflows(PruneStageTest::alwaysLong)) {
      HeldNote held = laboratory.store().hold("recordRound/prune/0");
      laboratory.client().start(input("renewed"));
      held.awaitReached();
      laboratory.client().pause("renewed");
      laboratory.awaitSignals("renewed", "prune", 1);
      held.let();

      laboratory.store().awaitState("renewed", "PAUSED");
      assertThat(laboratory.script().answers("measure/1/")).isZero();
      laboratory.client().resume("renewed");
      laboratory.awaitEnd("renewed");
      assertThat(laboratory.store().digest("renewed")).isEqualTo(digest);
    }
  }

  @Test
  void goesOnFromTheStateItIsGiven() {
    String state;
    StageInput fresh =
        new StageInput(
            "whole",
            "prune",
            "key",
            input("whole").specification(),
            NumericClasses.CPU,
            "digest",
            Map.of(),
            null,
            null,
            Laboratory.STORE,
            null);
    try (Laboratory laboratory = Laboratory.withWorkflows(PruneStageTest::alwaysLong)) {
      laboratory.complete(PruneStage.TYPE, "whole", String.class, fresh);
      state =
          Json.read(
                  laboratory
                      .temporal()
                      .fetchHistory("whole")
                      .getEvents()
                      .getFirst()
                      .getWorkflowExecutionStartedEventAttributes()
                      .getInput()
                      .getPayloads(0)
                      .getData()
                      .toStringUtf8(),
                  StageInput.class)
              .resumeFrom();
    }
    assertThat(state).isNotNull();
    try (Laboratory laboratory = new Laboratory()) {
      String result =
          laboratory.complete(
              PruneStage.TYPE, "rest", String.class, fresh.resumingFrom(String.valueOf(state)));
      assertThat(result).isEqualTo(undisturbed);
      assertThat(laboratory.script().answers("measure/0/")).isZero();
      assertThat(laboratory.script().answers("measure/2/")).isPositive();
    }
  }

  /** Stages that think their history long each time they are asked. */
  private static void alwaysLong(Worker worker) {
    worker.registerWorkflowImplementationFactory(
        PruneStage.class,
        encoded -> new PruneStageImpl(encoded.get(0, StageInput.class), () -> true),
        WorkflowImplementationOptions.getDefaultInstance());
    worker.registerWorkflowImplementationTypes(
        ExperimentWorkflowImpl.class,
        PrepareDataStageImpl.class,
        EvaluateStageImpl.class,
        ReportStageImpl.class);
  }
}
