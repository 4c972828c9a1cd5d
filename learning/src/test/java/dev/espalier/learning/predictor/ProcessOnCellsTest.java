package dev.espalier.learning.predictor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.learning.data.SharedFiles;
import dev.espalier.learning.tensor.Torch;
import dev.espalier.search.random.RandomStream;
import dev.espalier.search.space.nasbench201.Cell;
import dev.espalier.search.space.nasbench201.NasBench201;
import dev.espalier.search.statistics.Statistics;
import dev.espalier.search.table.AccuracyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Gaussian processes on real cells: above what a library's process with one-hots and counts of
 * paths had, .72, by docs/benchmarks/predictor-tau.md.
 */
class ProcessOnCellsTest {
  private static final int DRAWS = 5;
  private static final int CELLS = 78;
  private static final int HELD_OUT = 1000;

  private static TrainingRows distinct() throws IOException {
    AccuracyTable table =
        AccuracyTable.readCsv(
            NasBench201.SPACE,
            "nas-bench-201",
            Files.newInputStream(SharedFiles.of("data/nasbench201/nasbench201_accuracies.csv.gz")));
    List<Cell> cells =
        NasBench201.SPACE.cells().stream()
            .filter(cell -> table.accuracy(cell, "cifar10_valid_200ep").isPresent())
            .toList();
    assertThat(cells).hasSize(9_445);
    return new TrainingRows(
        cells,
        cells.stream()
            .mapToDouble(cell -> table.accuracy(cell, "cifar10_test_200ep").orElseThrow())
            .toArray());
  }

  @ParameterizedTest
  @CsvSource({"gaussian-process, 0.76", "blend, 0.78"})
  void ranksCellsThatItHasNotSeenAndKnowsHowSurely(String kind, double least) throws IOException {
    TrainingRows all = distinct();
    double taus = 0;
    double covered = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] order = RandomStream.of(draw, "cells").permutation(all.size());
      TrainingRows test = all.select(IntStream.of(order).limit(HELD_OUT).toArray());
      TrainingRows fitted = all.select(IntStream.of(order).skip(all.size() - CELLS).toArray());
      Predictor predictor =
          ((FitOutcome.Finished)
                  Predictors.fit(
                      Torch.cpu(),
                      NasBench201.SPACE,
                      PredictorRecipe.published(kind),
                      fitted,
                      draw,
                      "fit",
                      null,
                      FitMonitor.none()))
              .predictor();
      List<Estimate> estimates = predictor.estimate(test.architectures());
      taus +=
          Statistics.kendallTau(
              estimates.stream().mapToDouble(Estimate::mean).toArray(), test.accuracies());
      for (int i = 0; i < HELD_OUT; i++) {
        double apart = Math.abs(estimates.get(i).mean() - test.accuracies()[i]);
        covered += apart <= 2 * estimates.get(i).standardDeviation() ? 1 : 0;
      }
    }

    assertThat(taus / DRAWS).isGreaterThan(least);
    assertThat(covered / DRAWS / HELD_OUT).as("within two deviations").isBetween(0.88, 0.99);
  }
}
