package dev.espalier.search.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.table.ArchitectureTable;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A split of a table")
class CellSplitTest {
  private static final int ROWS = 1_000;
  private static final ArchitectureTable TABLE = table();

  private static ArchitectureTable table() {
    StringBuilder csv = new StringBuilder("architecture,validation\n");
    for (int row = 0; row < ROWS; row++) {
      csv.append(Cell.ofIndex(row).canonical()).append(",0.").append(100 + row % 900).append('\n');
    }
    return ArchitectureTable.readCsv(
        "cells", new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static CellSplit split(Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(Map.of("evaluation.table", "cells"));
    all.putAll(sets);
    return CellSplit.of(NeuralPredictorSpecification.preset("quick", all), TABLE);
  }

  @Test
  void isJudgedOnAllThatItDoesNotLearnFrom() {
    CellSplit split = split(Map.of());
    assertThat(split.training()).hasSize(172).doesNotHaveDuplicates();
    assertThat(split.judged()).hasSize(ROWS - 172).doesNotContainAnyElementsOf(split.training());
  }

  @Test
  void isAnotherOneWithAnotherSeed() {
    assertThat(split(Map.of())).isEqualTo(split(Map.of("search.top", "3")));
    assertThat(split(Map.of("seed", "1")).training()).isNotEqualTo(split(Map.of()).training());
  }

  @Test
  void isJudgedOnSoManyAsAreHeldOut() {
    CellSplit split = split(Map.of("split.heldOut", "100"));
    assertThat(split.judged())
        .hasSize(100)
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(split.training());
    assertThat(split.judged()).isNotEqualTo(split(Map.of()).judged().subList(0, 100));
  }

  @Test
  void learnsFromAPublishedSplitByItsName() {
    CellSplit split = split(Map.of("split.name", "334", "split.judgedOn", "denoise-91"));
    assertThat(split.training()).hasSize(334);
    assertThat(split.judged())
        .isNotEmpty()
        .allSatisfy(architecture ->
            assertThat(TABLE.accuracy(architecture).orElseThrow().validation()).isGreaterThan(0.91))
        .doesNotContainAnyElementsOf(split.training());
  }

  @Test
  void isJudgedOnTrainingCellsOnlyWhereThatIsAskedFor() {
    CellSplit split =
        split(
            Map.of("split.name", "172", "split.judgedOn", "all", "split.judgeOnTraining", "true"));
    assertThat(split.judged()).hasSize(ROWS).containsAll(split.training());
  }

  @Test
  void saysWhereATableHasTooFewCells() {
    assertThatThrownBy(() -> split(Map.of("split.train", "1001")))
        .hasMessage("split.train (1,001) is more than table cells has: use at most 1,000");
    assertThat(split(Map.of("split.train", "1000")).judged()).isEqualTo(List.of());
  }
}
