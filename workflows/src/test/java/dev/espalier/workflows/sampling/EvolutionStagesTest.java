package dev.espalier.workflows.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.evolution.EvolutionSpecification;
import dev.espalier.workflows.data.PrepareDataStageImpl;
import dev.espalier.workflows.evaluation.EvaluateResult;
import dev.espalier.workflows.evaluation.EvaluateResult.Evaluated;
import dev.espalier.workflows.evaluation.EvaluateStageImpl;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.experiment.ExperimentWorkflowImpl;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.method.evolution.EvolveResult;
import dev.espalier.workflows.method.evolution.EvolveStageImpl;
import dev.espalier.workflows.prediction.TrainPredictorResult;
import dev.espalier.workflows.prediction.TrainPredictorStageImpl;
import dev.espalier.workflows.report.ReportStageImpl;
import dev.espalier.workflows.stage.ActivityRules;
import dev.espalier.workflows.stage.StageInput;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stages of an experiment that evolves architectures on a predictor. */
@Timeout(120)
final class EvolutionStagesTest {
  private static ExperimentInput input(String id, Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(Map.of("predictor.splits", "2"));
    all.putAll(sets);
    return Laboratory.inputFor(id, EvolutionSpecification.preset("quick", all), "");
  }

  @Test
  void trainTheSampleFitPredictorsSearchByEveryStrategyAndTrainTheWinner() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(input("whole", Map.of()));
      assertThat(laboratory.store().stages("whole").values()).containsOnly("COMPLETED");
      assertThat(laboratory.script().answers("split/ensemble/")).isEqualTo(2 * 4);
      assertThat(laboratory.script().answers("split/")).isEqualTo(2 * (4 + 3));
      EvolveResult evolved =
          Json.read(laboratory.store().stageResult("whole", "evolve"), EvolveResult.class);
      assertThat(evolved.strategies())
          .extracting(EvolveResult.Evolved::strategy)
          .containsExactly("genetic", "regularized", "local", "random");
      assertThat(evolved.warning()).contains("above all measured");
      List<Evaluated> finals =
          Json.read(laboratory.store().stageResult("whole", "train-final"), EvaluateResult.class)
              .evaluations();
      assertThat(finals).hasSize(3 * 2);
      assertThat(finals.getFirst().architecture()).isEqualTo(evolved.architecture());
      assertThat(finals).extracting(Evaluated::seed).containsExactly(0L, 1L, 0L, 1L, 0L, 1L);
      assertThat(finals).extracting(Evaluated::evaluationId).doesNotHaveDuplicates();
    }
  }

  @Test
  void goOnWhereAToleratedShareOfTheTrainingsFails() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("train/3", 1, ActivityRules.DIVERGED, "the loss is NaN");
      laboratory.complete(input("tolerant", Map.of("sample.tolerated", "0.1")));
      assertThat(laboratory.store().state("tolerant")).isEqualTo("COMPLETED");
    }
  }

  @Test
  void goOnWhereExactlyTheToleratedShareFails() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("train/", 29, ActivityRules.DIVERGED, "the loss is NaN");
      laboratory.complete(
          input("exact", Map.of("sample.architectures", "100", "sample.tolerated", "0.29")));
      assertThat(laboratory.store().state("exact")).isEqualTo("COMPLETED");
    }
  }

  @Test
  void compareThePredictorsWhoseFitsDoNotDiverge() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("split/mlp/", 2, ActivityRules.DIVERGED, "the loss is NaN");
      laboratory.complete(input("diverged", Map.of()));
      TrainPredictorResult predictor =
          Json.read(
              laboratory.store().stageResult("diverged", "train-predictor"),
              TrainPredictorResult.class);
      assertThat(predictor.rows()).as("splits summed up, of 14").isEqualTo(2 * (4 + 3) - 2);
    }
  }

  @Test
  void needAttentionWhereAFitDivergesAndNothingMay() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("split/mlp/", 1, ActivityRules.DIVERGED, "the loss is NaN");
      laboratory.client().start(input("stopped", Map.of("failure.onDiverged", "stop")));
      laboratory.store().awaitState("stopped", "NEEDS_ATTENTION");
      assertThat(laboratory.store().reason("stopped")).contains("the loss is NaN");
    }
  }

  @Test
  void needAttentionWhereMoreFailAndTryAllOfThoseAgainAtOnce() {
    try (Laboratory laboratory = new Laboratory()) {
      for (String unit : List.of("train/3", "train/5", "train/7")) {
        laboratory.script().fail(unit, 1, ActivityRules.OUT_OF_MEMORY, "8 GiB are too few");
      }
      laboratory
          .client()
          .start(input("strict", Map.of("sample.tolerated", "0.1", "sample.architectures", "9")));
      laboratory.store().awaitState("strict", "NEEDS_ATTENTION");
      assertThat(laboratory.store().reason("strict"))
          .contains("3 of 9 trainings failed")
          .contains("8 GiB are too few");

      laboratory.client().retry("strict", 1);
      laboratory.awaitEnd("strict");
      assertThat(laboratory.store().state("strict")).isEqualTo("COMPLETED");
      assertThat(laboratory.script().answers("collect")).isEqualTo(1);
    }
  }

  @Test
  void trainTheBetterPartFurtherUnderSuccessiveHalving() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(
          input("halving", Map.of("evaluation.epochs", "4", "evaluation.rungs", "3")));
      assertThat(laboratory.script().answers("promote/")).isEqualTo(2);
      // 24, then 12, then 6 trainings of the sample, and those of the end.
      assertThat(laboratory.script().answers("train/")).isEqualTo(24 + 12 + 6 + 6);
    }
  }

  @Test
  void comeToTheSameResultWhenTheyContinueAsNewAfterEveryPage() {
    Map<String, String> sets = Map.of("sample.architectures", "600");
    String undisturbed;
    try (Laboratory laboratory = new Laboratory()) {
      undisturbed = laboratory.complete(input("undisturbed", sets));
    }
    try (Laboratory laboratory = Laboratory.withWorkflows(EvolutionStagesTest::alwaysLong)) {
      assertThat(laboratory.complete(input("renewed", sets))).isEqualTo(undisturbed);
      assertThat(laboratory.script().answers("train/")).isEqualTo(600 + 6);
    }
  }

  private static void alwaysLong(Worker worker) {
    worker.registerWorkflowImplementationTypes(
        ExperimentWorkflowImpl.class,
        PrepareDataStageImpl.class,
        SampleStageImpl.class,
        TrainPredictorStageImpl.class,
        EvolveStageImpl.class,
        EvaluateStageImpl.class,
        ReportStageImpl.class);
    worker.registerWorkflowImplementationTypes(
        WorkflowImplementationOptions.newBuilder().build(), AlwaysLong.class);
  }

  /** Continues as new whenever it may. */
  public static final class AlwaysLong implements EvaluateSampleStage {
    private final EvaluateSampleStageImpl stage;

    @io.temporal.workflow.WorkflowInit
    public AlwaysLong(StageInput input) {
      stage = new EvaluateSampleStageImpl(input, () -> true);
    }

    @Override
    public String run(StageInput input) {
      return stage.run(input);
    }

    @Override
    public void pause() {
      stage.pause();
    }

    @Override
    public void resume() {
      stage.resume();
    }
  }
}
