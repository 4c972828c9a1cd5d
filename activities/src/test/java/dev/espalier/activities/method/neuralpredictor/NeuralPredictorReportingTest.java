package dev.espalier.activities.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.search.canonical.CanonicalJson;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.workflows.evaluation.Accuracy;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult.Fit;
import dev.espalier.workflows.method.neuralpredictor.CellPredictorResult.Point;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorReportActivities;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorReportActivities.NeuralPredictorReportRequest;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Regret;
import dev.espalier.workflows.method.neuralpredictor.NeuralPredictorResult.Step;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.method.neuralpredictor.RankedCells;
import dev.espalier.workflows.method.neuralpredictor.RankedCells.Ranked;
import dev.espalier.workflows.sampling.EvaluateSampleResult;
import dev.espalier.workflows.sampling.EvaluateSampleResult.Row;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The result of Neural Predictor")
class NeuralPredictorReportingTest {
  private static final String A = "|none~0|+|none~0|none~1|+|none~0|none~1|none~2|";
  private static final String B = A.replace("|none~2|", "|nor_conv_3x3~2|");
  private static final String C = A.replace("|none~2|", "|nor_conv_1x1~2|");
  private static final String D = A.replace("|none~2|", "|skip_connect~2|");

  @TempDir private Path folder;
  private Workbench workbench;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private static Row row(String architecture, @Nullable Double validation, @Nullable Double test) {
    return new Row(architecture, "evaluation", 7, 3, 0, validation, validation, test);
  }

  private String put(Object value) {
    return workbench
        .store()
        .artifacts()
        .put(CanonicalJson.of(value).getBytes(StandardCharsets.UTF_8), "rows", Map.of());
  }

  private String evaluated(Row... rows) {
    int failed = 0;
    for (Row row : rows) {
      failed += row.validationAccuracy() == null ? 1 : 0;
    }
    return CanonicalJson.of(
        new EvaluateSampleResult(rows.length - failed, failed, put(List.of(rows)), rows[0]));
  }

  private NeuralPredictorResult report(String tableDigest, String training, String top) {
    Map<String, String> sets = new HashMap<>();
    if (!tableDigest.isEmpty()) {
      sets.put("evaluation.table", "cells");
    }
    NeuralPredictorSpecification specification = NeuralPredictorSpecification.preset("quick", sets);
    CellPredictorResult predictor =
        new CellPredictorResult(
            "forest",
            0,
            List.of(new Point(specification.predictor(), 5, 0.7, 0.6, 0.8, 0.01)),
            new Fit("model", 4, List.of(0.1)),
            null,
            List.of());
    String cells =
        put(new RankedCells(List.of(new Ranked(C, 0.66), new Ranked(D, 0.61)), List.of()));
    RankResult ranked = new RankResult(2, "list", cells, 10, 0, null, null, List.of());
    return workbench
        .activities(
            NeuralPredictorReportActivities.class,
            new NeuralPredictorReporting(workbench.equipment()))
        .report(
            new NeuralPredictorReportRequest(
                new StageRef(Workbench.EXPERIMENT, "report", Workbench.STAGE_KEY),
                specification.canonical(),
                tableDigest,
                training,
                "{}",
                CanonicalJson.of(predictor),
                CanonicalJson.of(ranked),
                top,
                null));
  }

  @Test
  void isTheBestOfAllEvaluationsAndHowTheyCameToIt() {
    NeuralPredictorResult result =
        report(
            "",
            evaluated(row(A, 0.5, 0.45), row(B, null, null)),
            evaluated(row(C, 0.4, 0.48), row(D, 0.6, 0.58)));

    assertThat(result.architecture()).isEqualTo(D);
    assertThat(result.rank()).isEqualTo(2);
    assertThat(result.predicted()).isEqualTo(0.61);
    assertThat(result.accuracy()).isEqualTo(new Accuracy(0.6, 0.58));
    assertThat(result.evaluations()).isEqualTo(3);
    assertThat(result.failed()).isOne();
    assertThat(result.bestOfTraining()).isEqualTo(0.5);
    assertThat(result.tau()).isEqualTo(0.7);
    assertThat(result.steps()).containsExactly(new Step(1, 0.5, 0.45), new Step(3, 0.6, 0.58));
    assertThat(result.regret()).isNull();
  }

  @Test
  void isATrainingCellWhereNoneOfTheBestRankedIsBetter() {
    NeuralPredictorResult result =
        report("", evaluated(row(A, 0.7, null), row(B, 0.2, null)), evaluated(row(C, 0.6, null)));
    assertThat(result.architecture()).isEqualTo(A);
    assertThat(result.rank()).isNull();
    assertThat(result.predicted()).isNull();
    assertThat(result.accuracy()).isNull();
    assertThat(result.steps()).containsExactly(new Step(1, 0.7, null), new Step(3, 0.7, null));
  }

  @Test
  void tellsHowFarItIsBelowTheBestOfTheTable() {
    String csv =
        "architecture,validation,test\n%s,0.5,0.45\n%s,0.9,0.7\n%s,0.6,0.8\n".formatted(A, B, C);
    String digest =
        workbench.store().artifacts().put(csv.getBytes(StandardCharsets.UTF_8), "table", Map.of());
    Regret regret =
        Objects.requireNonNull(
            report(digest, evaluated(row(A, 0.5, 0.45)), evaluated(row(C, 0.6, 0.75))).regret());
    assertThat(regret.best()).isEqualTo(0.9);
    assertThat(regret.validation()).isCloseTo(0.3, within(1e-12));
    assertThat(regret.bestTest()).isEqualTo(0.8);
    assertThat(regret.test()).isCloseTo(0.05, within(1e-12));
  }
}
