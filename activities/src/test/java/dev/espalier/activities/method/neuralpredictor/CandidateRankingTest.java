package dev.espalier.activities.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.learning.predictor.Columns;
import dev.espalier.learning.predictor.FitMonitor;
import dev.espalier.learning.predictor.FitOutcome;
import dev.espalier.learning.predictor.PredictorRecipe;
import dev.espalier.learning.predictor.Predictors;
import dev.espalier.learning.predictor.TrainingRows;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.canonical.Json;
import dev.espalier.search.method.neuralpredictor.CellSplit;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.space.nasbench201.Operator;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.workflows.method.neuralpredictor.RankActivities;
import dev.espalier.workflows.method.neuralpredictor.RankActivities.MergeRanks;
import dev.espalier.workflows.method.neuralpredictor.RankActivities.RankShard;
import dev.espalier.workflows.method.neuralpredictor.RankActivities.RankedShard;
import dev.espalier.workflows.method.neuralpredictor.RankActivities.Ranking;
import dev.espalier.workflows.method.neuralpredictor.RankResult;
import dev.espalier.workflows.method.neuralpredictor.RankResult.Filtered;
import dev.espalier.workflows.method.neuralpredictor.RankResult.Judged;
import dev.espalier.workflows.method.neuralpredictor.RankedCells;
import dev.espalier.workflows.method.neuralpredictor.RankedCells.Ranked;
import dev.espalier.workflows.stage.StageRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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

@DisplayName("A ranking of candidates")
class CandidateRankingTest {
  private static final int ROWS = 600;
  private static final int SHARD = 250;
  private static final double THRESHOLD = 0.55;

  @TempDir private Path folder;
  private Workbench workbench;
  private RankActivities activities;
  private Lists lists;
  private ArchitectureTable table;
  private String digest;
  private int stages;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    lists = new Lists(workbench.store());
    activities =
        workbench.activities(RankActivities.class, new CandidateRanking(workbench.equipment()));
    table = table();
    digest = workbench.store().artifacts().put(table.canonicalCsv(), "table", Map.of());
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  /** Accuracy grows with convolutions; a little with the row, so that no two are tied. */
  private static double accuracy(int row) {
    Cell cell = Cell.ofIndex(row * 26 % 15_625);
    long convolutions = cell.operators().stream().filter(Operator::isConvolution).count();
    return 0.3 + 0.1 * convolutions + row / 100_000.0;
  }

  private static ArchitectureTable table() {
    StringBuilder csv = new StringBuilder("architecture,validation,test\n");
    for (int row = 0; row < ROWS; row++) {
      csv.append(Cell.ofIndex(row * 26 % 15_625).canonical())
          .append(",%s,%s\n".formatted(accuracy(row), accuracy(row) - 0.01));
    }
    return ArchitectureTable.readCsv(
        "cells", new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static NeuralPredictorSpecification specification(Map<String, String> sets) {
    Map<String, String> all =
        new HashMap<>(Map.of("evaluation.table", "cells", "split.train", "60", "search.top", "10"));
    all.putAll(sets);
    return NeuralPredictorSpecification.preset("quick", all);
  }

  /** A forest of the first rows, of accuracies or of who passes. */
  private String model(boolean classifies) {
    List<Cell> cells = new ArrayList<>();
    double[] values = new double[150];
    for (int row = 0; row < values.length; row++) {
      cells.add(Cell.parse(table.architectures().get(4 * row)));
      double accuracy =
          table.accuracy(table.architectures().get(4 * row)).orElseThrow().validation();
      values[row] = classifies ? (accuracy >= THRESHOLD ? 1 : 0) : accuracy;
    }
    FitOutcome.Finished finished =
        (FitOutcome.Finished)
            Predictors.fit(
                Torch.cpu(),
                NasBench201.SPACE,
                new PredictorRecipe("forest", 1, 1, 1, 1, 1, 1, 0, 0, 40),
                new TrainingRows(cells, values),
                0,
                "test",
                null,
                FitMonitor.none());
    try (var predictor = finished.predictor()) {
      return workbench.store().artifacts().put(predictor.save(), "predictor", Map.of());
    }
  }

  private RankResult rank(
      NeuralPredictorSpecification specification, @Nullable String classifier, double threshold) {
    return rank(specification, model(false), classifier, threshold, null);
  }

  private RankResult rank(
      NeuralPredictorSpecification specification,
      String model,
      @Nullable String classifier,
      double threshold,
      @Nullable String columns) {
    StageRef ref = new StageRef(Workbench.EXPERIMENT, "rank", Workbench.STAGE_KEY + stages++);
    CellSplit split = CellSplit.of(specification, table);
    Ranking ranking = new Ranking(digest, ROWS, "", model, null, classifier, threshold, columns);
    List<RankedShard> shards = new ArrayList<>();
    for (int from = 0; from < ROWS; from += SHARD) {
      RankShard request =
          new RankShard(
              ref,
              specification.canonical(),
              ranking,
              shards.size(),
              from,
              Math.min(SHARD, ROWS - from));
      RankedShard shard = activities.shard(request);
      assertThat(activities.shard(request)).as("found").isEqualTo(shard);
      shards.add(shard);
    }
    return activities.merge(
        new MergeRanks(
            ref,
            specification.canonical(),
            ranking,
            lists.put("architectures", split.training()),
            shards));
  }

  private RankedCells cells(RankResult result) {
    return Json.read(
        new String(workbench.store().artifacts().get(result.rows()), StandardCharsets.UTF_8),
        RankedCells.class);
  }

  @Test
  void isOfAllThatAreNotLearnedFromTheBestFirst() {
    NeuralPredictorSpecification specification =
        specification(Map.of("search.filter", "none", "search.ablation", "false"));
    RankResult result = rank(specification, null, THRESHOLD);
    CellSplit split = CellSplit.of(specification, table);

    assertThat(result.count()).isEqualTo(10);
    assertThat(result.ranked()).isEqualTo(ROWS - 60);
    assertThat(result.rejected()).isZero();
    assertThat(lists.architectures(result.architectures()))
        .hasSize(10)
        .doesNotContainAnyElementsOf(split.training())
        .isEqualTo(cells(result).top().stream().map(Ranked::architecture).toList());
    assertThat(cells(result).top())
        .extracting(Ranked::predicted)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    Judged judged = Objects.requireNonNull(result.judged());
    assertThat(judged.cells()).isEqualTo(ROWS - 60);
    assertThat(Objects.requireNonNull(judged.tau())).isBetween(0.5, 1.0);
    assertThat(judged.error()).isBetween(0.001, 0.15);
    assertThat(result.classifier()).isNull();
    assertThat(result.filters()).isEmpty();
  }

  @Test
  void leavesOutWhomTheClassifierRejectsAndComparesTheFilters() {
    NeuralPredictorSpecification specification = specification(Map.of());
    RankResult result = rank(specification, model(true), THRESHOLD);

    assertThat(result.rejected()).isPositive();
    assertThat(result.ranked() + result.rejected()).isEqualTo(ROWS - 60);
    assertThat(Objects.requireNonNull(result.classifier()).cells()).isEqualTo(ROWS - 60);
    assertThat(Objects.requireNonNull(result.classifier().precision())).isGreaterThan(0.7);
    assertThat(result.filters())
        .extracting(Filtered::filter)
        .containsExactly("none", "classifier", "true-accuracy");
    Filtered none = result.filters().getFirst();
    assertThat(none.ranked()).isEqualTo(ROWS - 60);
    assertThat(none.judged()).isEqualTo(result.judged());
    long passing =
        CellSplit.of(specification, table).judged().stream()
            .filter(each -> table.accuracy(each).orElseThrow().validation() >= THRESHOLD)
            .count();
    assertThat(result.filters().getLast().ranked()).isEqualTo((int) passing);
    assertThat(result.filters())
        .allSatisfy(each -> {
          assertThat(each.validation()).isBetween(0.8, 1.0);
          assertThat(each.regret()).isBetween(0.0, 0.1);
          assertThat(each.test()).isCloseTo(each.validation() - 0.01, within(1e-12));
        });
  }

  @Test
  void isOfWhoTrulyPassesWhereThatIsAskedFor() {
    RankResult result =
        rank(specification(Map.of("search.filter", "true-accuracy")), null, THRESHOLD);
    assertThat(result.ranked()).isEqualTo(result.filters().getLast().ranked());
    assertThat(cells(result).top())
        .allSatisfy(each ->
            assertThat(table.accuracy(each.architecture()).orElseThrow().validation())
                .isGreaterThanOrEqualTo(THRESHOLD));
  }

  /** The process learns that the column tells the accuracy; the forest behind it reads none. */
  @Test
  void isByWhatIsKnownBesideGraphsWhereThePredictorReadsIt() {
    Map<String, List<Double>> standings = new HashMap<>();
    Map<String, double[]> numbers = new HashMap<>();
    for (int row = 0; row < ROWS; row++) {
      double telling = row * 7 % ROWS / (double) ROWS;
      standings.put(table.architectures().get(row), List.of(telling));
      numbers.put(table.architectures().get(row), new double[] {telling});
    }
    List<Cell> cells = new ArrayList<>();
    double[] values = new double[100];
    for (int row = 0; row < values.length; row++) {
      cells.add(Cell.parse(table.architectures().get(6 * row)));
      values[row] = Objects.requireNonNull(numbers.get(cells.getLast().canonical()))[0];
    }
    FitOutcome.Finished finished =
        (FitOutcome.Finished)
            Predictors.fit(
                Torch.cpu(),
                NasBench201.SPACE,
                PredictorRecipe.published("gaussian-process"),
                new TrainingRows(cells, values).with(new Columns(List.of("telling"), numbers)),
                0,
                "test",
                null,
                FitMonitor.none());
    String model;
    try (var predictor = finished.predictor()) {
      model = workbench.store().artifacts().put(predictor.save(), "predictor", Map.of());
    }
    String columns = new CellColumns(List.of("telling"), standings).keep(workbench.store());
    NeuralPredictorSpecification specification =
        specification(Map.of("predictor.kind", "gaussian-process", "search.ablation", "false"));
    RankResult result = rank(specification, model, model(true), THRESHOLD, columns);

    assertThat(cells(result).judged())
        .allSatisfy(each ->
            assertThat(each.predicted())
                .isCloseTo(
                    Objects.requireNonNull(standings.get(each.architecture())).getFirst(),
                    within(0.15)));
  }

  @Test
  void refusesMoreThanThereAreAndAFilterThatRejectsAll() {
    assertThatThrownBy(
            () -> rank(specification(Map.of("search.top", "541")), model(true), THRESHOLD))
        .rootCause()
        .hasMessageContaining(
            "search.top (541) is more than the candidates beside the training cells (540): lower it");
    assertThatThrownBy(
            () -> rank(specification(Map.of("search.filter", "true-accuracy")), null, 0.99))
        .rootCause()
        .hasMessageContaining("search.filter (true-accuracy) rejects all 540 candidates");
  }
}
