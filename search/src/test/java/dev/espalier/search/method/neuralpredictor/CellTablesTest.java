package dev.espalier.search.method.neuralpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.method.neuralpredictor.CellTables.Columns;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.table.AccuracyTable;
import dev.espalier.search.table.ArchitectureTable;
import dev.espalier.search.table.ArchitectureTable.Accuracy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A table of all cells")
class CellTablesTest {
  private static final int CELLS = 15_625;

  /** One column for each name; cells from {@code unknownFrom} on are not known. */
  private static AccuracyTable table(Map<String, Integer> unknownFrom) {
    List<String> columns = unknownFrom.keySet().stream().sorted().toList();
    double[][] ratios = new double[columns.size()][CELLS];
    for (int column = 0; column < ratios.length; column++) {
      for (int cell = 0; cell < CELLS; cell++) {
        ratios[column][cell] = 0.1 * column + cell / 100_000.0;
      }
      Arrays.fill(
          ratios[column], unknownFrom.getOrDefault(columns.get(column), CELLS), CELLS, Double.NaN);
    }
    return AccuracyTable.of(NasBench201.SPACE, "cells", columns, ratios);
  }

  private static Columns columns(AccuracyTable table, Map<String, String> sets) {
    Map<String, String> all = new HashMap<>(Map.of("evaluation.table", "cells"));
    all.putAll(sets);
    return Columns.of(NeuralPredictorSpecification.preset("quick", all), table);
  }

  @Test
  void isLookedUpInTheLongestTrainingThatHalfOfTheCellsHad() {
    Map<String, Integer> known =
        new HashMap<>(
            Map.of(
                "cifar10_valid_12ep", CELLS,
                "cifar10_valid_200ep", CELLS / 2 + 1,
                "cifar10_test_12ep", CELLS,
                "cifar10_test_200ep", CELLS,
                "imagenet16_120_valid_12ep", CELLS));
    assertThat(columns(table(known), Map.of()))
        .isEqualTo(new Columns("cifar10_valid_200ep", "cifar10_test_200ep"));
    known.put("cifar10_valid_200ep", CELLS / 2 - 1);
    assertThat(columns(table(known), Map.of()).validation()).isEqualTo("cifar10_valid_12ep");
    assertThat(columns(table(known), Map.of("data", "imagenet16-120")))
        .isEqualTo(new Columns("imagenet16_120_valid_12ep", ""));
  }

  @Test
  void isLookedUpInTheColumnsThatAreNamed() {
    AccuracyTable table = table(Map.of("a", CELLS, "b", CELLS));
    Columns columns =
        columns(table, Map.of("evaluation.column", "b", "evaluation.testColumn", "a"));
    ArchitectureTable looked = CellTables.of(NasBench201.SPACE, table, columns);
    assertThat(looked.size()).isEqualTo(CELLS);
    assertThat(looked.accuracy(Cell.ofIndex(5).canonical()))
        .contains(new Accuracy(0.1 + 5 / 100_000.0, 5 / 100_000.0));
  }

  @Test
  void hasOnlyTheCellsWhoseAccuracyIsKnown() {
    AccuracyTable table = table(Map.of("cifar10_valid_12ep", 9_000, "cifar10_test_12ep", 8_000));
    ArchitectureTable looked = CellTables.of(NasBench201.SPACE, table, columns(table, Map.of()));
    assertThat(looked.size()).isEqualTo(9_000);
    assertThat(looked.architectures().getLast()).isEqualTo(Cell.ofIndex(8_999).canonical());
    assertThat(looked.accuracy(Cell.ofIndex(8_500).canonical()).orElseThrow().test()).isNull();
  }

  @Test
  void saysWhichColumnsThereAreWhereNoneFits() {
    AccuracyTable table = table(Map.of("mnist_valid", CELLS));
    assertThatThrownBy(() -> columns(table, Map.of()))
        .hasMessage(
            "evaluation.column: table cells has no column of validation accuracies for the data cifar10: "
                + "name one of its columns (mnist_valid), or other data");
    Columns wrong = new Columns("mnist_vaild", "");
    assertThatThrownBy(() -> CellTables.of(NasBench201.SPACE, table, wrong))
        .hasMessageContaining("cells: no column \"mnist_vaild\"")
        .hasMessageContaining("Did you mean mnist_valid?");
  }
}
