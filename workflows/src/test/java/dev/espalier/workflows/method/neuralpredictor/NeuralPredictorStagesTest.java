package dev.espalier.workflows.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.workflows.experiment.ExperimentInput;
import dev.espalier.workflows.fake.Laboratory;
import dev.espalier.workflows.stage.ActivityRules;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stages of an experiment with Neural Predictor. */
@Timeout(120)
final class NeuralPredictorStagesTest {
  private static ExperimentInput input(String id, Map<String, String> sets) {
    return Laboratory.inputFor(id, NeuralPredictorSpecification.preset("quick", sets), "");
  }

  private static ExperimentInput tabled(String id, Map<String, String> sets) {
    Map<String, String> all =
        new HashMap<>(Map.of("evaluation.table", "cells", "split.train", "20", "search.top", "6"));
    all.putAll(sets);
    return input(id, all);
  }

  private static <T> T result(Laboratory laboratory, String id, String stage, Class<T> type) {
    return Json.read(laboratory.store().stageResult(id, stage), type);
  }

  @Test
  void lookUpTheCellsTrainTheCascadeRankByShardsAndLookUpTheBest() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(tabled("whole", Map.of()));

      assertThat(laboratory.store().stages("whole").keySet())
          .containsExactly(
              "prepare-data",
              "split",
              "evaluate",
              "train-classifier",
              "train-predictor",
              "rank",
              "evaluate-top",
              "report");
      assertThat(laboratory.store().stages("whole").values()).containsOnly("COMPLETED");
      assertThat(laboratory.script().answers("data")).as("no images are needed").isZero();
      assertThat(laboratory.script().answers("fold/classifier/")).isEqualTo(5);
      assertThat(laboratory.script().answers("fold/all/")).isEqualTo(5);
      assertThat(laboratory.script().answered()).contains("shard/0/2000", "shard/8000/1445");
      assertThat(laboratory.script().answers("shard/")).isEqualTo(5);
      assertThat(laboratory.script().answers("train/")).isEqualTo(20 + 6);
      ClassifierResult classifier =
          result(laboratory, "whole", "train-classifier", ClassifierResult.class);
      assertThat(classifier.folds()).isEqualTo(new Confusion(15, 5, 10, 20));
      CellPredictorResult predictor =
          result(laboratory, "whole", "train-predictor", CellPredictorResult.class);
      assertThat(predictor.heldOut()).hasSize(20);
      assertThat(predictor.other()).isNull();
    }
  }

  @Test
  void trainNetworksWhereThereIsNoTableAndNoClassifierThatNobodyAsksFor() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(input("trained", Map.of()));

      assertThat(laboratory.script().answers("data")).isEqualTo(1);
      assertThat(laboratory.script().answers("table")).isZero();
      assertThat(laboratory.script().answers("fold/classifier/")).isZero();
      assertThat(laboratory.script().answers("shard/")).isEqualTo(8);
      assertThat(result(laboratory, "trained", "train-classifier", ClassifierResult.class).model())
          .isNull();
    }
  }

  @Test
  void takeTheSettingsWithTheHighestTau() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(
          tabled(
              "grid",
              Map.of(
                  "crossValidation.grid.epochs", "[10, 20, 30]",
                  "crossValidation.repeats", "2")));

      CellPredictorResult predictor =
          result(laboratory, "grid", "train-predictor", CellPredictorResult.class);
      assertThat(laboratory.script().answers("fold/all/")).isEqualTo(3 * 2 * 5);
      assertThat(predictor.chosen()).isEqualTo(2);
      assertThat(predictor.best().settings().epochs()).isEqualTo(30);
      assertThat(predictor.best().fits()).isEqualTo(10);
      assertThat(predictor.best().low()).isLessThan(predictor.best().tau());
      assertThat(predictor.heldOut()).as("of the first repeat alone").hasSize(20);
    }
  }

  @Test
  void fitToThePassingCellsAndToAllOfThemWhereFiltersAreCompared() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(tabled("passing", Map.of("predictor.fitTo", "passing")));

      assertThat(laboratory.script().answers("fold/passing/")).isEqualTo(5);
      CellPredictorResult predictor =
          result(laboratory, "passing", "train-predictor", CellPredictorResult.class);
      assertThat(Objects.requireNonNull(predictor.other()).model())
          .isNotEqualTo(predictor.fitted().model());
    }
  }

  @Test
  void leaveOutFitsThatDivergedAndNeedAttentionWhereAllDid() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().fail("fold/all/0/0/1", 1, ActivityRules.DIVERGED, "the loss is NaN");
      laboratory.complete(tabled("some", Map.of()));
      assertThat(
              result(laboratory, "some", "train-predictor", CellPredictorResult.class)
                  .best()
                  .fits())
          .isEqualTo(4);

      laboratory.script().fail("fold/all/", 5, ActivityRules.DIVERGED, "the loss is NaN");
      laboratory.client().start(tabled("all", Map.of("seed", "1")));
      laboratory.store().awaitState("all", "NEEDS_ATTENTION");
      assertThat(laboratory.store().reason("all"))
          .contains("every fit of the cross validation diverged");
    }
  }

  @Test
  void comeToTheSameDigestWhereEveryUnitIsLostAtFirst() {
    String undisturbed;
    try (Laboratory laboratory = new Laboratory()) {
      undisturbed = laboratory.complete(tabled("undisturbed", Map.of()));
    }
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().loseFirstAttempts(1);
      laboratory.store().loseEveryNoteOnce();
      assertThat(laboratory.complete(tabled("lost", Map.of()))).isEqualTo(undisturbed);
    }
  }

  private static final Map<String, String> READING =
      Map.of(
          "indicators.names", "[naswot, synflow]",
          "indicators.shard", "1000",
          "search.candidates", "3000");

  @Test
  void measureIndicatorsShardByShardWherePredictorsReadThem() {
    String digest;
    try (Laboratory laboratory = new Laboratory()) {
      digest = laboratory.complete(tabled("reading", READING));

      assertThat(laboratory.script().answered())
          .contains(
              "measured-on-noise/0/1000",
              "measured-on-noise/1000/1000",
              "measured-on-noise/2000/1000");
      SplitResult split = result(laboratory, "reading", "split", SplitResult.class);
      assertThat(Objects.requireNonNull(split.indicators()).names())
          .containsExactly("naswot", "synflow");
      assertThat(split.columns()).hasSize(64);
      CellPredictorResult reading =
          result(laboratory, "reading", "train-predictor", CellPredictorResult.class);
      RankResult ranked = result(laboratory, "reading", "rank", RankResult.class);

      laboratory.complete(tabled("plain", Map.of("search.candidates", "3000")));
      assertThat(laboratory.store().stageResult("plain", "split")).doesNotContain("indicators");
      assertThat(
              result(laboratory, "plain", "train-predictor", CellPredictorResult.class)
                  .fitted()
                  .model())
          .as("fitted without columns")
          .isNotEqualTo(reading.fitted().model());
      assertThat(result(laboratory, "plain", "rank", RankResult.class).rows())
          .as("ranked without columns")
          .isNotEqualTo(ranked.rows());
    }
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.script().loseFirstAttempts(1);
      assertThat(laboratory.complete(tabled("lost", READING))).isEqualTo(digest);
    }
  }

  @Test
  void measureOnTheImagesThatNetworksAreTrainedOn() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(input("imaged", READING));
      assertThat(laboratory.script().answers("measured-on-images/")).isEqualTo(3);
      assertThat(laboratory.script().answers("measured-on-noise/")).isZero();
    }
  }

  @Test
  void areOthersWhereTheTableIsAnother() {
    try (Laboratory laboratory = new Laboratory()) {
      laboratory.complete(tabled("one", Map.of()));
      laboratory.script().importTable("another table under the same name");
      laboratory.complete(tabled("two", Map.of()));
      assertThat(laboratory.store().stages("two")).containsEntry("evaluate", "COMPLETED");
      laboratory.complete(tabled("three", Map.of()));
      assertThat(laboratory.store().stages("three"))
          .containsEntry("evaluate", "REUSED")
          .containsEntry("rank", "REUSED");
    }
  }
}
