package dev.espalier.workflows.sizes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.data.PrepareDataStageImpl;
import dev.espalier.workflows.evaluation.PagedEvaluateStage;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.experiment.ExperimentWorkflowImpl;
import dev.espalier.workflows.fake.Gate;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.fake.Patience;
import dev.espalier.workflows.method.evolution.EvolveStageImpl;
import dev.espalier.workflows.prediction.PagedTrainPredictorStage;
import dev.espalier.workflows.report.ReportStageImpl;
import dev.espalier.workflows.sampling.EvaluateSampleStageImpl;
import dev.espalier.workflows.sampling.SampleStageImpl;
import io.temporal.worker.Worker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stages with much to do take it page by page, each page in a history of its own. */
@Timeout(120)
final class PagingTest {
  private static String undisturbed = "";

  @BeforeAll
  static void undisturbed() {
    try (Laboratory laboratory = new Laboratory()) {
      undisturbed = laboratory.complete(input("undisturbed"));
    }
  }

  private static ExperimentInput input(String id) {
    Map<String, String> sets = Map.of("predictor.splits", "2", "sample.architectures", "8");
    return Laboratory.inputFor(id, EvolutionSpecification.preset("quick", sets), "");
  }

  @Test
  void comeToTheSameResultInPages() {
    try (Laboratory laboratory = Laboratory.withWorkflows(PagingTest::paged)) {
      assertThat(laboratory.complete(input("paged"))).isEqualTo(undisturbed);
      assertThat(runs(laboratory, "paged", "train-final")).as("2 trainings of 6 each").hasSize(3);
      assertThat(runs(laboratory, "paged", "train-predictor")).as("2 fits of 10 each").hasSize(5);
      assertThat(laboratory.script().answers("split/")).isEqualTo(2 * 5);
      assertThat(laboratory.store().differences()).isEmpty();
    }
  }

  @Test
  void goOnInAFreshHistoryAfterAPauseThatMadeItLong() {
    try (Laboratory laboratory = Laboratory.withWorkflows(PagingTest::paged)) {
      Gate gate = laboratory.script().before("split/", Gate.reachedBy(2));
      laboratory.client().start(input("paused"));
      for (int time = 0; time < 3; time++) {
        Patience.until(
            "a page of fits waits at the gate", () -> laboratory.script().running() == 2);
        laboratory.client().pause("paused");
        laboratory.store().awaitState("paused", "PAUSED");
        laboratory.client().resume("paused");
        laboratory.store().awaitState("paused", "RUNNING");
      }
      gate.open();
      laboratory.awaitEnd("paused");
      assertThat(laboratory.store().digest("paused")).isEqualTo(undisturbed);
      assertThat(runs(laboratory, "paused", "train-predictor")).hasSize(3 + 5);
    }
  }

  private static List<Footprint> runs(Laboratory laboratory, String id, String stage) {
    return Footprint.of(laboratory, id, List.of(stage)).stream()
        .filter(run -> run.workflow().endsWith(stage))
        .toList();
  }

  private static void paged(Worker worker) {
    worker.registerWorkflowImplementationTypes(
        ExperimentWorkflowImpl.class,
        PrepareDataStageImpl.class,
        SampleStageImpl.class,
        EvaluateSampleStageImpl.class,
        PagedTrainPredictorStage.class,
        EvolveStageImpl.class,
        PagedEvaluateStage.class,
        ReportStageImpl.class);
  }
}
