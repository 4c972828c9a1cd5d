package dev.espalier.activities.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.activities.fixture.Workbench;
import dev.espalier.activities.sampling.Lists;
import dev.espalier.learning.indicator.ArchitectureIndicators;
import dev.espalier.learning.indicator.Indicator;
import dev.espalier.learning.indicator.IndicatorImages;
import dev.espalier.learning.indicator.ScoringSettings;
import dev.espalier.learning.space.NetworksBySpace;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.method.neuralpredictor.InputIndicators;
import dev.espalier.search.method.neuralpredictor.NeuralPredictorSpecification;
import dev.espalier.search.settings.IndicatorSettings;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.store.Series;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities.JoinIndicators;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities.ListCells;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities.ListedCells;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities.MeasureCells;
import dev.espalier.workflows.method.neuralpredictor.CellIndicatorActivities.MeasuredShard;
import dev.espalier.workflows.method.neuralpredictor.IndicatorColumns;
import dev.espalier.workflows.method.neuralpredictor.SplitResult;
import dev.espalier.workflows.stage.StageRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The indicators of cells")
class CellMeasuringTest {
  private static final StageRef REF =
      new StageRef(Workbench.EXPERIMENT, "split", Workbench.STAGE_KEY);

  /** Three that compute the same: what stands before or behind a zero operation does not matter. */
  private static final List<String> ALIKE =
      List.of(
          "|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|",
          "|none~0|+|nor_conv_1x1~0|none~1|+|skip_connect~0|none~1|none~2|",
          "|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|");

  @TempDir private Path folder;
  private Workbench workbench;
  private CellIndicatorActivities activities;
  private Lists lists;

  @BeforeEach
  void open() throws IOException {
    workbench = new Workbench(folder);
    lists = new Lists(workbench.store());
    activities =
        workbench.activities(
            CellIndicatorActivities.class, new CellMeasuring(workbench.equipment()));
  }

  @AfterEach
  void close() {
    workbench.close();
  }

  private static NeuralPredictorSpecification specification() {
    return NeuralPredictorSpecification.preset(
        "quick",
        Map.of(
            "evaluation.table", "cells",
            "seed", "3",
            "indicators.names", "[synflow, naswot]",
            "indicators.channels", "4",
            "indicators.batch", "8",
            "indicators.imageSize", "8"));
  }

  private SplitResult split(List<String> training, List<String> candidates) {
    return new SplitResult(
        "seed",
        "digest",
        training.size(),
        lists.put("architectures", training),
        0,
        candidates.size(),
        lists.put("architectures", candidates),
        null);
  }

  private List<MeasuredShard> measured(ListedCells listed, int size) {
    List<MeasuredShard> shards = new ArrayList<>();
    for (int from = 0; from < listed.count(); from += size) {
      MeasureCells request =
          new MeasureCells(
              REF,
              specification().canonical(),
              listed.architectures(),
              "",
              shards.size(),
              from,
              Math.min(size, listed.count() - from));
      MeasuredShard shard = activities.measure(request);
      assertThat(activities.measure(request)).as("found").isEqualTo(shard);
      shards.add(shard);
    }
    return shards;
  }

  private CellColumns joined(SplitResult split, int shard) {
    String json = specification().canonical();
    ListedCells listed = activities.list(new ListCells(REF, json, split, ""));
    IndicatorColumns columns =
        activities.join(
            new JoinIndicators(
                REF, json, split, "", listed.architectures(), measured(listed, shard)));
    assertThat(columns.measured()).isEqualTo(listed.count());
    assertThat(columns.names()).containsExactly("synflow", "naswot");
    return CellColumns.read(workbench.store(), columns.columns());
  }

  private static double standing(CellColumns columns, String cell, int column) {
    return Objects.requireNonNull(columns.standings().get(cell), cell).get(column);
  }

  private static List<String> cells(int... indices) {
    List<String> cells = new ArrayList<>();
    for (int index : indices) {
      cells.add(Cell.ofIndex(index).canonical());
    }
    return cells;
  }

  @Test
  void areThoseThatScoreMeasuresOfTheSameNetworkRanked() {
    int[] some = IntStream.range(0, 20).map(i -> 100 + 777 * i).toArray();
    List<String> training = cells(some).subList(0, 8);
    List<String> candidates = cells(some).subList(5, 20);
    CellColumns columns = joined(split(training, candidates), 7);

    assertThat(columns.standings()).containsOnlyKeys(cells(some).toArray(String[]::new));
    List<String> byValue = new ArrayList<>(columns.standings().keySet());
    InputIndicators settings = Objects.requireNonNull(specification().indicators());
    IndicatorSettings measures = settings.settings();
    try (ArchitectureIndicators score =
        NetworksBySpace.measured(NasBench201.SPACE)
            .indicators(
                Torch.cpu(),
                IndicatorImages.noise(10, measures.ntk(), measures.regions()),
                measures,
                new ScoringSettings(4, 1, 8, 8))) {
      for (Indicator each : List.of(Indicator.SYNFLOW, Indicator.NASWOT)) {
        int column = columns.names().indexOf(each.label());
        byValue.sort((a, b) ->
            Double.compare(
                each.worth(score.score(Cell.parse(a), each, 3)),
                each.worth(score.score(Cell.parse(b), each, 3))));
        assertThat(byValue)
            .as(each.label())
            .isSortedAccordingTo((a, b) ->
                Double.compare(standing(columns, a, column), standing(columns, b, column)));
        assertThat(standing(columns, byValue.getLast(), column)).isEqualTo(1);
      }
    }
  }

  @Test
  void areMeasuredOnceOfThoseThatComputeTheSame() {
    SplitResult split = split(ALIKE, cells(7_000));
    CellColumns columns = joined(split, 10);

    assertThat(columns.standings()).hasSize(4);
    assertThat(ALIKE.stream().map(columns.standings()::get).distinct()).hasSize(1);
    assertThat(activities.list(new ListCells(REF, specification().canonical(), split, "")).count())
        .isEqualTo(2);
  }

  /** A cell without a path from input to output has no synaptic flow. */
  @Test
  void areWorstWhereTheyAreNoNumbers() {
    String dead = Cell.ofIndex(0).canonical().replaceAll("[a-z_0-9]+~", "none~");
    CellColumns columns = joined(split(List.of(dead), cells(7_000, 11_000)), 10);

    assertThat(standing(columns, dead, 0)).isEqualTo(1 / 3.0);
  }

  @Test
  void sayWhatTheyCostByShard() {
    joined(split(cells(100, 2_000), cells(7_000)), 2);

    Series seconds =
        workbench.store().measurements().series(REF.stageKey(), 0, IndicatorColumns.CPU_SECONDS);
    assertThat(seconds.points())
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.value()).isPositive());
  }

  @Test
  void areReadByThePredictorsThatReadMoreThanGraphs() {
    CellColumns columns = joined(split(cells(100, 2_000), cells(7_000)), 10);

    assertThat(columns.readBy("blend").names()).containsExactly("synflow", "naswot");
    assertThat(columns.readBy("forest").names()).isEmpty();
    assertThat(CellColumns.read(workbench.store(), null).readBy("blend").names()).isEmpty();
  }
}
